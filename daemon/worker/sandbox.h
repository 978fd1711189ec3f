/* SPDX-License-Identifier: MIT */
/* sandbox.h: what a worker gives up before it reads a stranger's first byte: no_new_privs, Landlock, seccomp, rlimits.
 *
 * In that order, Landlock before RLIMIT_NOFILE. Each is best effort: what the kernel does not have is said in the READY
 * frame's note and logged once by truced. Whatever needs files (iconv tables, CA certificates, resolver) is loaded
 * before. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  TRUCE_SANDBOX_PARSE, /* no files, no sockets, no new processes: read, write and memory */
  TRUCE_SANDBOX_NET,   /* TCP and UDP out, and reading what the resolver and TLS need; nothing written, nothing executed
                        */
} TruceSandboxKind;

#define TRUCE_PARSE_CPU_SECONDS 3       /* a document: an honest one of 8 MiB takes 0.1 s */
#define TRUCE_PARSE_MEMORY (256u << 20) /* address space of the parser */
#define TRUCE_NET_MEMORY (1024u << 20)  /* of the fetcher: threads' stacks count as address space */

/* Confines this process for good. Returns what could not be done, as a sentence, or NULL when all was. (transfer full)
 */
char *truce_sandbox_enter (TruceSandboxKind kind);

/* Renews the CPU allowance before each document: SIGXCPU kills the worker `seconds` of CPU from now. */
void truce_sandbox_allow_cpu (unsigned seconds);

G_END_DECLS
