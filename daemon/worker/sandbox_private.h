/* SPDX-License-Identifier: MIT */
/* sandbox_private.h: the two kernel mechanisms behind sandbox.h. Each says what it could not do, or NULL. (transfer
 * full) */
#pragma once

#include "worker/sandbox.h"

G_BEGIN_DECLS

/* Rules on files, ports and scopes; needs no_new_privs, and file descriptors to spare. */
char *truce_sandbox_landlock (TruceSandboxKind kind);

/* The list of allowed system calls; anything else kills the process. Nothing can be set up after it. */
char *truce_sandbox_seccomp (TruceSandboxKind kind);

G_END_DECLS
