#include "reply.h"

#include <assert.h>
#include <string.h>

void reply_say(struct reply *reply, const char *name, const char *value)
{
	struct reply_header *at = reply->header, *end = at + REPLY_HEADERS;
	while (at < end && at->name && strcmp(at->name, name) != 0)
		at++;
	assert(at < end);
	*at = (struct reply_header){ name, value };
}
