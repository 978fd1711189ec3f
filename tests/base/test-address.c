/* SPDX-License-Identifier: MIT */
#include "base/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/un.h>

/* The first and the last address of each block, and their neighbours. */
static const struct {
  const char *address;
  const char *class; /* NULL: public */
} cases[] = {
  { "0.0.0.0", "unspecified" },
  { "0.255.255.255", "unspecified" },
  { "1.0.0.0", NULL },
  { "9.255.255.255", NULL },
  { "10.0.0.0", "private" },
  { "10.255.255.255", "private" },
  { "11.0.0.0", NULL },
  { "100.63.255.255", NULL },
  { "100.64.0.0", "shared" },
  { "100.127.255.255", "shared" },
  { "100.128.0.0", NULL },
  { "126.255.255.255", NULL },
  { "127.0.0.1", "loopback" },
  { "127.255.255.255", "loopback" },
  { "128.0.0.0", NULL },
  { "169.253.255.255", NULL },
  { "169.254.169.254", "link-local" },
  { "169.255.0.0", NULL },
  { "172.15.255.255", NULL },
  { "172.16.0.0", "private" },
  { "172.31.255.255", "private" },
  { "172.32.0.0", NULL },
  { "192.0.0.8", "reserved" },
  { "192.0.1.0", NULL },
  { "192.0.2.1", "reserved" },
  { "192.167.255.255", NULL },
  { "192.168.0.0", "private" },
  { "192.168.255.255", "private" },
  { "192.169.0.0", NULL },
  { "198.17.255.255", NULL },
  { "198.18.0.0", "reserved" },
  { "198.19.255.255", "reserved" },
  { "198.20.0.0", NULL },
  { "198.51.100.1", "reserved" },
  { "203.0.113.1", "reserved" },
  { "223.255.255.255", NULL },
  { "224.0.0.1", "multicast" },
  { "239.255.255.255", "multicast" },
  { "240.0.0.0", "reserved" },
  { "255.255.255.255", "reserved" },
  { "::", "unspecified" },
  { "::1", "loopback" },
  { "::2", "unspecified" }, /* 0.0.0.2 within */
  { "::127.0.0.1", "loopback" },
  { "::8.8.8.8", NULL },
  { "::ffff:10.0.0.1", "private" },
  { "::ffff:8.8.8.8", NULL },
  { "::ffff:0:192.168.1.1", "private" },
  { "64:ff9b::127.0.0.1", "loopback" },
  { "64:ff9b::8.8.8.8", NULL },
  { "64:ff9b:1::8.8.8.8", "private" },
  { "100::1", "reserved" },
  { "100:0:0:1::1", NULL },
  { "2001:0:4136:e378:8000:63bf:80ff:fffe", "loopback" }, /* Teredo of 127.0.0.1 */
  { "2001:0:4136:e378:8000:63bf:f7f7:f7f7", NULL },       /* of 8.8.8.8 */
  { "2001:db8::1", "reserved" },
  { "2001:4860:4860::8888", NULL },
  { "2002:a00:1::", "private" },
  { "2002:808:808::", NULL },
  { "3fff::1", "reserved" },
  { "3fff:1000::1", NULL },
  { "fbff::1", NULL },
  { "fc00::1", "private" },
  { "fdff::1", "private" },
  { "fe7f::1", NULL },
  { "fe80::1%eth0", "link-local" },
  { "febf::1", "link-local" },
  { "fec0::1", "private" },
  { "ff02::1", "multicast" },
};

static void
test_class (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].address);
    g_assert_cmpstr (truce_address_class_of_text (cases[i].address), ==, cases[i].class);
  }
  g_assert_cmpstr (truce_address_class_of_text ("elsewhere"), ==, "reserved");
  g_assert_cmpstr (truce_address_class_of_text (""), ==, "reserved");
}

static void
test_socket_addresses (void)
{
  struct sockaddr_in v4 = { .sin_family = AF_INET, .sin_port = htons (80) };
  struct sockaddr_in6 v6 = { .sin6_family = AF_INET6, .sin6_port = htons (80) };
  struct sockaddr_un local = { .sun_family = AF_UNIX };
  g_autofree char *v4_text = NULL;
  g_autofree char *v6_text = NULL;

  inet_pton (AF_INET, "10.1.2.3", &v4.sin_addr);
  inet_pton (AF_INET6, "::ffff:10.1.2.3", &v6.sin6_addr);
  g_assert_cmpstr (truce_address_class ((struct sockaddr *) &v4), ==, "private");
  g_assert_cmpstr (truce_address_class ((struct sockaddr *) &v6), ==, "private");
  g_assert_cmpstr (truce_address_class ((struct sockaddr *) &local), ==, "reserved");
  v4_text = truce_address_to_text ((struct sockaddr *) &v4);
  v6_text = truce_address_to_text ((struct sockaddr *) &v6);
  g_assert_cmpstr (v4_text, ==, "10.1.2.3");
  g_assert_cmpstr (v6_text, ==, "::ffff:10.1.2.3");
}

static void
test_urls (void)
{
  static const char *const urls[][2] = {
    { "http://127.0.0.1:8080/feed.xml", "loopback" },
    { "https://[::1]/", "loopback" },
    { "http://192.168.1.4/a", "private" },
    { "http://[fe80::1%25eth0]/", "link-local" },
    { "http://[::ffff:10.0.0.1]/", "private" },
    { "https://example.org/127.0.0.1", NULL },
    { "https://127.0.0.1.example.org/", NULL },
    { "http://8.8.8.8/", NULL },
    { "http://localhost/", NULL },
    { "no address", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    g_assert_cmpstr (truce_address_class_of_url (urls[i][0]), ==, urls[i][1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/address/class", test_class);
  g_test_add_func ("/address/socket-addresses", test_socket_addresses);
  g_test_add_func ("/address/urls", test_urls);
  return g_test_run ();
}
