/* SPDX-License-Identifier: MIT */
/* misbehave.h: what a worker with misbehave.c in it ends with. */
#pragma once

#define MISBEHAVE_DONE 200 /* it worked; no errno is so high */
