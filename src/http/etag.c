#include "etag.h"

#include <string.h>

bool etag_next(const char **list, const char **tag, size_t *n, bool *weak)
{
	const char *at = *list + strspn(*list, ", \t");
	*weak = !strncmp(at, "W/", 2);
	at += *weak ? 2 : 0;
	if (*at != '"')
		return false;
	*tag = at + 1;
	*n = 0;
	/* Bytes above 0x7f may stand in a tag; blanks and controls may not. */
	while ((unsigned char)(*tag)[*n] > 0x20 && (*tag)[*n] != '"' && (*tag)[*n] != 0x7f)
		(*n)++;
	if ((*tag)[*n] != '"')
		return false;
	at = *tag + *n + 1;
	at += strspn(at, " \t");
	*list = at;
	return !*at || *at == ',';
}

bool etag_named(const char *list, const char *tag, bool strong)
{
	const char *each;
	size_t n, size = strlen(tag);
	bool weak;
	if (!strcmp(list + strspn(list, " \t"), "*"))
		return true;
	while (etag_next(&list, &each, &n, &weak))
		if (n == size && !memcmp(each, tag, n) && !(strong && weak))
			return true;
	return false;
}
