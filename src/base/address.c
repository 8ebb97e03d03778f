#include "address.h"

#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static const struct { uint32_t net; int bits; } address_closed[] = {
	{ 0x00000000, 8 },      /* this network */
	{ 0x0a000000, 8 },      /* private: 10 */
	{ 0x64400000, 10 },     /* shared by providers: 100.64 */
	{ 0x7f000000, 8 },      /* loopback */
	{ 0xa9fe0000, 16 },     /* link-local: 169.254 */
	{ 0xac100000, 12 },     /* private: 172.16 */
	{ 0xc0000000, 24 },     /* protocol assignments: 192.0.0 */
	{ 0xc0000200, 24 },     /* documentation: 192.0.2 */
	{ 0xc0586300, 24 },     /* 6to4 relays: 192.88.99 */
	{ 0xc0a80000, 16 },     /* private: 192.168 */
	{ 0xc6120000, 15 },     /* benchmarks: 198.18 */
	{ 0xc6336400, 24 },     /* documentation: 198.51.100 */
	{ 0xcb007100, 24 },     /* documentation: 203.0.113 */
	{ 0xe0000000, 3 },      /* multicast, reserved, broadcast: 224 and above */
};

static bool address_public4(uint32_t a)
{
	for (size_t i = 0; i < sizeof address_closed / sizeof *address_closed; i++)
		if (a >> (32 - address_closed[i].bits) == address_closed[i].net >> (32 - address_closed[i].bits))
			return false;
	return true;
}

/* Global unicast is 2000::/3; the rest of the space, mapped IPv4 among it, is not. */
static bool address_public6(const unsigned char *a)
{
	unsigned first = (unsigned)a[0] << 8 | a[1], second = (unsigned)a[2] << 8 | a[3];
	if (first >> 13 != 1)
		return false;
	if (first == 0x2001 && (second < 0x200 || second == 0xdb8))
		return false;           /* protocol assignments (Teredo), documentation */
	return first != 0x2002          /* 6to4 carries an IPv4 address */
		&& !(first == 0x3fff && second < 0x1000);       /* documentation */
}

bool address_public(const struct sockaddr *address)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;
	switch (address->sa_family) {
	case AF_INET:
		memcpy(&four, address, sizeof four);
		return address_public4(ntohl(four.sin_addr.s_addr));
	case AF_INET6:
		memcpy(&six, address, sizeof six);
		return address_public6(six.sin6_addr.s6_addr);
	default:
		return false;
	}
}

bool address_loopback(const struct sockaddr *address)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;
	switch (address->sa_family) {
	case AF_INET:
		memcpy(&four, address, sizeof four);
		return ntohl(four.sin_addr.s_addr) >> 24 == 127;
	case AF_INET6:
		memcpy(&six, address, sizeof six);
		return !memcmp(&six.sin6_addr, &in6addr_loopback, sizeof in6addr_loopback);
	default:
		return false;
	}
}
