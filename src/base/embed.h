/* embed: a file that the program carries in itself (words, SQL, style sheet).
 * tools/embed.sh writes the tables at build time; each ends with name NULL, and
 * after the bytes of every file stands one NUL that size does not count. */
#ifndef MC_EMBED_H
#define MC_EMBED_H
#include <stddef.h>

struct embed {
	const char *name;               /* without its folder: "zh.mo" */
	const unsigned char *bytes;
	size_t size;
};

#endif
