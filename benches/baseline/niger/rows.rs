//! The rows of the table of events, in byte order of id, actor, target.

pub(crate) const AMBASSADOR_LEAVES: usize = 0;
pub(crate) const AMBASSADOR_SUMMONED: usize = 1;
pub(crate) const ANNOUNCES_TRANSITION: usize = 2;
pub(crate) const APPOINTS_GOVERNMENT: usize = 3;
pub(crate) const ARMY_DECLARES: usize = 4;
pub(crate) const ASSUMES_POWER: usize = 5;
pub(crate) const AU_ANSWER_DEMAND: usize = 6;
pub(crate) const AU_ANSWER_SUSPEND: usize = 7;
pub(crate) const AU_ANSWER_WAIT: usize = 8;
pub(crate) const AU_DEADLINE_ANSWER_EXTEND: usize = 9;
pub(crate) const AU_DEADLINE_ANSWER_SUSPEND: usize = 10;
pub(crate) const AU_WITHHOLDS_BACKING: usize = 11;
/// First of 2, one each for burkina_faso, mali.
pub(crate) const AUTHORISES_FORCES: usize = 12;
pub(crate) const BATTLE_LOST: usize = 14;
pub(crate) const BATTLE_WON: usize = 15;
pub(crate) const BLOC_INTERVENES: usize = 16;
pub(crate) const BLOC_SANCTIONS_FULL: usize = 17;
pub(crate) const BLOC_SANCTIONS_NONE: usize = 18;
pub(crate) const BLOC_SANCTIONS_TARGETED: usize = 19;
pub(crate) const BLOC_SUMMIT_ACTIVATE: usize = 20;
pub(crate) const BLOC_SUMMIT_EASE: usize = 21;
pub(crate) const BLOC_SUMMIT_HOLD: usize = 22;
pub(crate) const BLOC_SUMMIT_LIFT: usize = 23;
pub(crate) const BLOC_SUMMIT_TIGHTEN: usize = 24;
pub(crate) const BLOC_SUSPENDS: usize = 25;
pub(crate) const BLOC_THREAT_NO_DEADLINE: usize = 26;
pub(crate) const BLOC_THREAT_ULTIMATUM: usize = 27;
pub(crate) const CHARGES_OUSTED: usize = 28;
pub(crate) const CLAIMANT_INVITES: usize = 29;
pub(crate) const CLAIMANT_SEIZED: usize = 30;
pub(crate) const CLERICS_MEDIATE: usize = 31;
pub(crate) const CLOSES_AIRSPACE: usize = 32;
/// First of 8, one each for benin, cote_divoire, ghana, guinea_bissau, nigeria, senegal, sierra_leone, togo.
pub(crate) const COMMITS_TROOPS: usize = 33;
pub(crate) const COUP_BY_LOYALISTS: usize = 41;
pub(crate) const COUP_BY_RIVALS: usize = 42;
pub(crate) const COUP_ELSEWHERE: usize = 43;
pub(crate) const COUP_FAILS: usize = 44;
pub(crate) const DDAY_ANNOUNCED: usize = 45;
/// First of 3, one each for burkina_faso, guinea, mali.
pub(crate) const DECLINES_FORCE: usize = 46;
pub(crate) const DEFENCE_CHIEFS_PLAN: usize = 49;
pub(crate) const DEFIES_SANCTIONS: usize = 50;
pub(crate) const DENOUNCES_ACCORDS: usize = 51;
/// First of 2, one each for burkina_faso, mali.
pub(crate) const DEPLOYS: usize = 52;
pub(crate) const DETAINEE_HARMED: usize = 54;
pub(crate) const EMBASSY_BLOCKADE: usize = 55;
pub(crate) const EMBASSY_CLASH: usize = 56;
/// First of 2, one each for burkina_faso, mali.
pub(crate) const EMBOLDENED: usize = 57;
pub(crate) const ENDS_US_ACCORD: usize = 59;
pub(crate) const EXPEL_AMBASSADOR: usize = 60;
pub(crate) const EXPULSION_ANSWER_COMPLY: usize = 61;
pub(crate) const EXPULSION_ANSWER_REFUSE: usize = 62;
pub(crate) const EXPULSION_ANSWER_RETALIATE: usize = 63;
pub(crate) const FIRST_CONVOY_LEAVES: usize = 64;
pub(crate) const FORCE_ORDERED: usize = 65;
pub(crate) const FREES_DETAINEES: usize = 66;
pub(crate) const IMMUNITY_REVOKED: usize = 67;
pub(crate) const JIHADIST_ATTACK: usize = 68;
pub(crate) const LAST_SOLDIER_LEAVES: usize = 69;
pub(crate) const LEAD_CUTS_POWER: usize = 70;
pub(crate) const LEADER_INCAPACITATED: usize = 71;
pub(crate) const LEAVES_BLOC: usize = 72;
pub(crate) const MASS_PROTEST_AT_BASE: usize = 73;
pub(crate) const MEDIATOR_OPPOSES_FORCE: usize = 74;
pub(crate) const MEDIATOR_PROPOSES: usize = 75;
pub(crate) const MISSION_RECEPTION_REBUFF: usize = 76;
pub(crate) const MISSION_RECEPTION_RECEIVE: usize = 77;
pub(crate) const MISSION_RECEPTION_SHOWN_THE_OUSTED: usize = 78;
pub(crate) const MISSION_SENT: usize = 79;
pub(crate) const MUTUAL_DEFENCE_PACT: usize = 80;
pub(crate) const OUSTED_ESCAPES: usize = 81;
pub(crate) const PATRON_BACKS_FORCE: usize = 82;
pub(crate) const PATRON_WITHDRAWS: usize = 83;
/// First of 2, one each for burkina_faso, mali.
pub(crate) const PLEDGE_TESTED_ABANDONS: usize = 84;
/// First of 2, one each for burkina_faso, mali.
pub(crate) const PLEDGE_TESTED_HONOURS: usize = 86;
/// First of 2, one each for burkina_faso, mali.
pub(crate) const PLEDGES_DEFENCE: usize = 88;
pub(crate) const PROTEST_AT_EMBASSY: usize = 90;
pub(crate) const QUARREL_OVER_RIVAL: usize = 91;
pub(crate) const REJECTS_DENUNCIATION: usize = 92;
pub(crate) const REJECTS_SANCTIONS: usize = 93;
pub(crate) const RIVAL_DEPLOYS: usize = 94;
pub(crate) const RIVAL_OFFERS_SUPPORT: usize = 95;
pub(crate) const SANCTIONS_DEADLINE_ANSWER_CARRY_OUT: usize = 96;
pub(crate) const SANCTIONS_DEADLINE_ANSWER_LET_PASS: usize = 97;
pub(crate) const SENATE_URGES_RESTRAINT: usize = 98;
pub(crate) const STREET_AGAINST_DEFIER: usize = 99;
pub(crate) const STREET_RALLIES: usize = 100;
pub(crate) const SUMMONS_IGNORED: usize = 101;
/// First of 3, one each for european_union, france, united_states.
pub(crate) const SUSPENDS_AID: usize = 102;
pub(crate) const THREAT_REAFFIRMED: usize = 105;
pub(crate) const TRANSITION_AGREED: usize = 106;
pub(crate) const ULTIMATUM_EXPIRES: usize = 107;
pub(crate) const UN_ENDORSES: usize = 108;
pub(crate) const US_ENVOY_TALKS: usize = 109;
/// First of 8, one each for benin, cote_divoire, ghana, guinea_bissau, nigeria, senegal, sierra_leone, togo.
pub(crate) const WITHDRAWS_OFFER: usize = 110;
pub(crate) const YIELDS: usize = 118;

/// Number of rows.
pub(crate) const ROWS: usize = 119;

/// Escalation level of each; `NO_LADDER` where nobody acts.
pub(crate) const LADDER: [u8; ROWS] = [
    4, 3, 1, 4, 1, 4, 6, 4, 2, 2, 4, 3, 6, 6, 10, 10, 10, 5, 2, 5, 7, 0, 2, 0, 5, 4, 2, 6, 8, 3, 8, 1, 7, 6, 6, 6, 6,
    6, 6, 6, 6, 9, 9, 9, 9, 6, 3, 3, 3, 7, 3, 4, 7, 7, 9, 8, 9, 2, 2, 4, 4, 0, 3, 4, 0, 7, 0, 8, 9, 0, 8, NO_LADDER, 4,
    3, 3, 1, 3, 1, 1, 1, 4, 3, 6, 0, 2, 2, 10, 10, 6, 6, 8, 4, 3, 3, 7, 2, 5, 2, 3, 3, 3, 3, 4, 4, 4, 6, 0, 3, 6, 1, 3,
    3, 3, 3, 3, 3, 3, 3, 0,
];

/// An event that is no step on the ladder.
pub(crate) const NO_LADDER: u8 = u8::MAX;

/// Weights of Rivera et al. 2024 by ladder level.
pub(crate) const RIVERA: [i64; 11] = [-2, -2, 0, 0, 12, 12, 4, 4, 12, 28, 28];
