#include "framing.h"

#include <string.h>
#include <strings.h>

struct framing { int lengths, codings, hosts; bool sound; };

static bool framing_is(const char *name, size_t n, const char *word)
{
	return n == strlen(word) && !strncasecmp(name, word, n);
}

/* A token, RFC 9110 section 5.6.2. */
static bool framing_name(const char *name, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (name[i] <= 0x20 || name[i] >= 0x7f || strchr("\"(),/:;<=>?@[\\]{}", name[i]))
			return false;
	return n > 0;
}

/* No controls, but the tab; bytes above 0x7f have always been taken. */
static bool framing_value(const char *value, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (((unsigned char)value[i] < 0x20 && value[i] != '\t') || value[i] == 0x7f)
			return false;
	return true;
}

static enum MHD_Result framing_header(void *what, enum MHD_ValueKind kind, const char *name, size_t name_size,
				      const char *value, size_t value_size)
{
	struct framing *f = what;
	(void)kind;
	if (!framing_name(name, name_size) || !framing_value(value, value_size))
		f->sound = false;
	else if (framing_is(name, name_size, "Content-Length"))
		f->lengths++;
	else if (framing_is(name, name_size, "Host"))
		f->hosts++;
	else if (framing_is(name, name_size, "Transfer-Encoding")) {
		f->codings++;
		f->sound = f->sound && framing_is(value, value_size, "chunked");
	}
	return f->sound ? MHD_YES : MHD_NO;
}

bool framing_sound(struct MHD_Connection *connection, const char *version)
{
	struct framing f = { .sound = true };
	MHD_get_connection_values_n(connection, MHD_HEADER_KIND, framing_header, &f);
	bool modern = strcmp(version, "HTTP/1.0") != 0;
	return f.sound && f.lengths + f.codings <= 1 && f.hosts <= 1 && (f.hosts || !modern) && (modern || !f.codings);
}
