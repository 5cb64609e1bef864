"""Draws of the numba kernels."""

import math

import numpy as np
from numba import njit


@njit
def fires(rate):
    return np.random.random() < 1.0 - math.exp(-rate)


@njit
def wait(rate):
    """When within the day an event of this rate comes; beyond 1 it does not."""
    return -math.log(1.0 - np.random.random()) / rate if rate > 0.0 else 2.0


@njit
def logistic(x):
    return 1.0 / (1.0 + math.exp(-x))
