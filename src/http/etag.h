/* etag: names of what an answer says, so that it need not be sent again, or so that
 * somebody acts only on what they have seen (RFC 9110 sections 8.8.3, 13.1). */
#ifndef MC_ETAG_H
#define MC_ETAG_H
#include <stdbool.h>
#include <stddef.h>

/* Whether the list of a header ("a", W/"b", or *) names this tag (without quotes). strong: a weak
 * one does not count, as If-Match and If-Range want it. What is no list names nothing. */
bool etag_named(const char *list, const char *tag, bool strong);

/* The next tag of a list: moves *list behind it and gives what stands between the quotes. False at
 * the end, or where the list is no list. */
bool etag_next(const char **list, const char **tag, size_t *n, bool *weak);

#endif
