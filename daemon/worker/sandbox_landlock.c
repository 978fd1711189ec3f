/* SPDX-License-Identifier: MIT */
#include "worker/sandbox_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The kernel's interface, by version: written out because the headers at build time may be older than the kernel at run
 * time, and glibc has no wrappers. Values are those of linux/landlock.h. */
#define CREATE_RULESET_VERSION 1u
#define RULE_PATH_BENEATH 1
#define READ_FILE (UINT64_C (1) << 2)
#define READ_DIR (UINT64_C (1) << 3)
#define BIND_TCP (UINT64_C (1) << 0)
#define CONNECT_TCP (UINT64_C (1) << 1)
#define SCOPE_ABSTRACT_SOCKETS (UINT64_C (1) << 0)
#define SCOPE_SIGNALS (UINT64_C (1) << 1)

/* How many of the file rights, from bit 0 on, each version knows. */
static const guint file_rights_of_version[] = { 0, 13, 14, 15, 15, 16 };

#define VERSION_WITH_PORTS 4
#define VERSION_WITH_SCOPES 6

typedef struct {
  uint64_t files;
  uint64_t ports;
  uint64_t scopes;
} RulesetAttributes;

typedef struct {
  uint64_t allowed;
  int32_t folder;
} __attribute__ ((packed)) PathRule;

/* What name resolution and TLS read: glibc's resolver and its NSS modules, systemd-resolved's and its peers' files, and
 * the CA stores of the usual distributions. What is missing on this machine is passed over. */
static const char *const net_reads[] = {
  "/etc/resolv.conf",
  "/etc/resolvconf",
  "/etc/hosts",
  "/etc/host.conf",
  "/etc/nsswitch.conf",
  "/etc/gai.conf",
  "/etc/services",
  "/etc/protocols",
  "/etc/ld.so.cache",
  "/etc/ssl",
  "/etc/pki",
  "/etc/ca-certificates",
  "/etc/crypto-policies",
  "/etc/gnutls",
  "/lib",
  "/lib64",
  "/usr/lib",
  "/usr/lib64",
  "/usr/local/lib",
  "/usr/share/ca-certificates",
  "/usr/local/share/ca-certificates",
  "/usr/share/crypto-policies",
  "/usr/share/p11-kit",
  "/var/lib/ca-certificates",
  "/run/systemd/resolve",
  "/run/resolvconf",
  "/run/NetworkManager",
  "/run/nscd",
  "/dev/null",
  "/dev/urandom",
};

/* Where an administrator points OpenSSL and curl to another store. */
static const char *const net_read_variables[] = { "SSL_CERT_FILE", "SSL_CERT_DIR", "CURL_CA_BUNDLE" };

static void
allow_reading (int ruleset, const char *path)
{
  int opened = open (path, O_PATH | O_CLOEXEC);
  struct stat status;
  PathRule rule = { .allowed = READ_FILE, .folder = opened };

  if (opened < 0)
    return;
  if (fstat (opened, &status) == 0) {
    if (S_ISDIR (status.st_mode))
      rule.allowed |= READ_DIR;
    /* A rule that is refused leaves the path closed, which shows as a failed fetch. */
    syscall (SYS_landlock_add_rule, ruleset, RULE_PATH_BENEATH, &rule, 0u);
  }
  close (opened);
}

static void
allow_net_reads (int ruleset)
{
  for (gsize i = 0; i < G_N_ELEMENTS (net_reads); i++)
    allow_reading (ruleset, net_reads[i]);
  for (gsize i = 0; i < G_N_ELEMENTS (net_read_variables); i++) {
    const char *path = g_getenv (net_read_variables[i]);

    if (path && *path)
      allow_reading (ruleset, path);
  }
}

static gsize
describe_ruleset (TruceSandboxKind kind, long version, RulesetAttributes *ret_attributes)
{
  glong known = MIN (version, (glong) G_N_ELEMENTS (file_rights_of_version) - 1);

  *ret_attributes = (RulesetAttributes){
    .files = (UINT64_C (1) << file_rights_of_version[known]) - 1,
    .ports = kind == TRUCE_SANDBOX_PARSE ? BIND_TCP | CONNECT_TCP : BIND_TCP,
    .scopes = SCOPE_ABSTRACT_SOCKETS | SCOPE_SIGNALS,
  };
  if (version < VERSION_WITH_PORTS)
    return sizeof ret_attributes->files;
  if (version < VERSION_WITH_SCOPES)
    return sizeof ret_attributes->files + sizeof ret_attributes->ports;
  return sizeof *ret_attributes;
}

char *
truce_sandbox_landlock (TruceSandboxKind kind)
{
  long version = syscall (SYS_landlock_create_ruleset, NULL, (size_t) 0, CREATE_RULESET_VERSION);
  RulesetAttributes attributes;
  gsize size;
  long ruleset;
  char *note = NULL;

  if (version < 1)
    return g_strdup_printf ("the kernel has no Landlock (%s)", g_strerror (errno));
  size = describe_ruleset (kind, version, &attributes);
  ruleset = syscall (SYS_landlock_create_ruleset, &attributes, size, 0u);
  if (ruleset < 0)
    return g_strdup_printf ("Landlock refuses the rules (%s)", g_strerror (errno));
  if (kind == TRUCE_SANDBOX_NET)
    allow_net_reads ((int) ruleset);
  if (syscall (SYS_landlock_restrict_self, (int) ruleset, 0u) != 0)
    note = g_strdup_printf ("Landlock refuses to start (%s)", g_strerror (errno));
  close ((int) ruleset);
  return note;
}
