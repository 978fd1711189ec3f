/* SPDX-License-Identifier: MIT */
#include "base/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

typedef struct {
  guint32 network;
  guint bits;
  const char *class;
} Block4;

typedef struct {
  const char *network;
  guint bits;
  const char *class; /* NULL: the IPv4 address at byte `embedded` decides */
  guint embedded;
  guint8 flip; /* XORed over that address (Teredo) */
} Block6;

/* The special-purpose registries of IANA, without what is globally reachable. */
static const Block4 blocks4[] = {
  { 0x00000000, 8, "unspecified" }, /* 0.0.0.0/8 */
  { 0x0a000000, 8, "private" },     /* 10.0.0.0/8 */
  { 0x64400000, 10, "shared" },     /* 100.64.0.0/10, carrier NAT */
  { 0x7f000000, 8, "loopback" },    /* 127.0.0.0/8 */
  { 0xa9fe0000, 16, "link-local" }, /* 169.254.0.0/16, cloud metadata */
  { 0xac100000, 12, "private" },    /* 172.16.0.0/12 */
  { 0xc0000000, 24, "reserved" },   /* 192.0.0.0/24 */
  { 0xc0000200, 24, "reserved" },   /* 192.0.2.0/24, documentation */
  { 0xc0a80000, 16, "private" },    /* 192.168.0.0/16 */
  { 0xc6120000, 15, "reserved" },   /* 198.18.0.0/15, benchmarks */
  { 0xc6336400, 24, "reserved" },   /* 198.51.100.0/24, documentation */
  { 0xcb007100, 24, "reserved" },   /* 203.0.113.0/24, documentation */
  { 0xe0000000, 4, "multicast" },   /* 224.0.0.0/4 */
  { 0xf0000000, 4, "reserved" },    /* 240.0.0.0/4, broadcast */
};

/* The first that fits decides. */
static const Block6 blocks6[] = {
  { "::", 128, "unspecified", 0, 0 },
  { "::1", 128, "loopback", 0, 0 },
  { "::", 96, NULL, 12, 0 },              /* IPv4-compatible */
  { "::ffff:0:0", 96, NULL, 12, 0 },      /* IPv4-mapped */
  { "::ffff:0:0:0", 96, NULL, 12, 0 },    /* IPv4-translated */
  { "64:ff9b::", 96, NULL, 12, 0 },       /* NAT64 */
  { "64:ff9b:1::", 48, "private", 0, 0 }, /* NAT64 of the local network */
  { "100::", 64, "reserved", 0, 0 },      /* discard */
  { "2001::", 32, NULL, 12, 0xff },       /* Teredo */
  { "2001:db8::", 32, "reserved", 0, 0 }, /* documentation */
  { "2002::", 16, NULL, 2, 0 },           /* 6to4 */
  { "3fff::", 20, "reserved", 0, 0 },     /* documentation */
  { "fc00::", 7, "private", 0, 0 },
  { "fe80::", 10, "link-local", 0, 0 },
  { "fec0::", 10, "private", 0, 0 }, /* site-local */
  { "ff00::", 8, "multicast", 0, 0 },
};

static const char *
class_of_ipv4 (guint32 address)
{
  for (gsize i = 0; i < G_N_ELEMENTS (blocks4); i++)
    if (((address ^ blocks4[i].network) >> (32 - blocks4[i].bits)) == 0)
      return blocks4[i].class;
  return NULL;
}

static gboolean
in_block6 (const guint8 *address, const Block6 *block)
{
  guint8 network[16];
  guint whole = block->bits / 8, rest = block->bits % 8;

  if (inet_pton (AF_INET6, block->network, network) != 1)
    g_error ("%s is no IPv6 network", block->network);
  return memcmp (address, network, whole) == 0 && (rest == 0 || ((address[whole] ^ network[whole]) >> (8 - rest)) == 0);
}

static const char *
class_of_ipv6 (const guint8 *address)
{
  for (gsize i = 0; i < G_N_ELEMENTS (blocks6); i++) {
    const Block6 *block = &blocks6[i];
    guint32 inside = 0;

    if (!in_block6 (address, block))
      continue;
    if (block->class)
      return block->class;
    for (guint byte = 0; byte < 4; byte++)
      inside = inside << 8 | (guint8) (address[block->embedded + byte] ^ block->flip);
    return class_of_ipv4 (inside);
  }
  return NULL;
}

const char *
truce_address_class (const struct sockaddr *address)
{
  switch (address->sa_family) {
  case AF_INET:
    return class_of_ipv4 (ntohl (((const struct sockaddr_in *) (const void *) address)->sin_addr.s_addr));
  case AF_INET6:
    return class_of_ipv6 (((const struct sockaddr_in6 *) (const void *) address)->sin6_addr.s6_addr);
  default:
    return "reserved";
  }
}

const char *
truce_address_class_of_text (const char *text)
{
  struct in_addr ipv4;
  struct in6_addr ipv6;
  g_autofree char *bare = g_strndup (text, strcspn (text, "%"));

  if (inet_pton (AF_INET, bare, &ipv4) == 1)
    return class_of_ipv4 (ntohl (ipv4.s_addr));
  if (inet_pton (AF_INET6, bare, &ipv6) == 1)
    return class_of_ipv6 (ipv6.s6_addr);
  return "reserved";
}

const char *
truce_address_class_of_url (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri ? g_uri_get_host (uri) : NULL;

  return host && g_hostname_is_ip_address (host) ? truce_address_class_of_text (host) : NULL;
}

char *
truce_address_to_text (const struct sockaddr *address)
{
  char text[INET6_ADDRSTRLEN] = "of an unknown family";

  if (address->sa_family == AF_INET)
    inet_ntop (AF_INET, &((const struct sockaddr_in *) (const void *) address)->sin_addr, text, sizeof text);
  else if (address->sa_family == AF_INET6)
    inet_ntop (AF_INET6, &((const struct sockaddr_in6 *) (const void *) address)->sin6_addr, text, sizeof text);
  return g_strdup (text);
}
