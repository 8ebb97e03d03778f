/* address: whether a network address is one of the public Internet. A server that calls addresses
 * which strangers name must not be led into its own network (server-side request forgery), so
 * everything else is refused: private, link-local, shared, multicast, reserved, and those that
 * carry another address inside. Source: the IANA special-purpose registries (RFC 6890, RFC 8190). */
#ifndef MC_ADDRESS_H
#define MC_ADDRESS_H
#include <stdbool.h>

struct sockaddr;

bool address_public(const struct sockaddr *address);
bool address_loopback(const struct sockaddr *address);  /* 127.0.0.0/8, ::1 */

#endif
