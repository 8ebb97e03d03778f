/* Follows the HTML around the tags, as far as it must be known to escape safely:
 * text, inside a tag, inside a quoted attribute, or a place where no tag may be. */
#include "viewc.h"

#include <ctype.h>
#include <string.h>

enum {
	HTML_TEXT, HTML_OPEN, HTML_BANG, HTML_NAME, HTML_TAG, HTML_ATTRIBUTE, HTML_EQUALS,
	HTML_DOUBLE, HTML_SINGLE, HTML_BARE, HTML_COMMENT, HTML_RAW, HTML_RAW_END,
};

static void viewc_html_keep(char *to, size_t *size, char c)
{
	if (*size < 15) {
		to[(*size)++] = (char)tolower((unsigned char)c);
		to[*size] = '\0';
	}
}

static int viewc_html_closed(const struct html *h)
{
	return !strcmp(h->name, "script") || !strcmp(h->name, "style") ? HTML_RAW : HTML_TEXT;
}

static void viewc_html_step(struct html *h, char c)
{
	bool blank = strchr(" \t\r\n\f", c) != NULL;
	switch (h->state) {
	case HTML_OPEN:
		h->name_size = 0;
		h->name[0] = '\0';
		if (isalpha((unsigned char)c) || c == '/') {
			viewc_html_keep(h->name, &h->name_size, c);
			h->state = HTML_NAME;
			break;
		}
		h->dashes = 0;
		h->state = c == '!' ? HTML_BANG : c == '?' ? HTML_TAG : HTML_TEXT;
		if (h->state != HTML_TEXT)
			break;
		/* fall through */
	case HTML_TEXT:
		if (c == '<')
			h->state = HTML_OPEN;
		break;
	case HTML_BANG:
		if (c == '-' && ++h->dashes == 2)
			h->state = HTML_COMMENT, h->dashes = 0;
		else if (c != '-')
			h->state = c == '>' ? HTML_TEXT : HTML_TAG;
		break;
	case HTML_COMMENT:
		if (c == '>' && h->dashes >= 2)
			h->state = HTML_TEXT;
		h->dashes = c == '-' ? h->dashes + 1 : 0;
		break;
	case HTML_NAME:
		if (c == '>')
			h->state = viewc_html_closed(h);
		else if (blank || c == '/')
			h->state = HTML_TAG;
		else
			viewc_html_keep(h->name, &h->name_size, c);
		break;
	case HTML_TAG:
	case HTML_ATTRIBUTE:
		if (c == '>') {
			h->state = viewc_html_closed(h);
		} else if (c == '=') {
			h->state = HTML_EQUALS;
		} else if (blank || c == '/') {
			h->state = HTML_TAG;
		} else {
			if (h->state == HTML_TAG)
				h->attribute_size = 0;
			h->state = HTML_ATTRIBUTE;
			viewc_html_keep(h->attribute, &h->attribute_size, c);
		}
		break;
	case HTML_EQUALS:
		if (c == '>')
			h->state = viewc_html_closed(h);
		else if (!blank)
			h->state = c == '"' ? HTML_DOUBLE : c == '\'' ? HTML_SINGLE : HTML_BARE;
		break;
	case HTML_DOUBLE:
	case HTML_SINGLE:
		if (c == (h->state == HTML_DOUBLE ? '"' : '\''))
			h->state = HTML_TAG;
		break;
	case HTML_BARE:
		if (blank || c == '>')
			h->state = c == '>' ? viewc_html_closed(h) : HTML_TAG;
		break;
	case HTML_RAW:
		if (c == '<')
			h->state = HTML_RAW_END, h->dashes = 0;
		break;
	case HTML_RAW_END:      /* "</" and the name again */
		if (c == '<') {
			h->dashes = 0;
		} else if (h->dashes == 0 ? c == '/' : tolower((unsigned char)c) == h->name[h->dashes - 1]) {
			if (h->dashes++ == h->name_size) {
				h->name_size = 0;
				h->name[0] = '\0';
				h->state = HTML_TAG;
			}
		} else {
			h->state = HTML_RAW;
		}
		break;
	}
}

void viewc_html_feed(struct html *h, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		viewc_html_step(h, text[i]);
}

enum spot viewc_html_spot(const struct html *h, const char **what)
{
	*what = "in a tag of HTML";
	switch (h->state) {
	case HTML_TEXT: return SPOT_TEXT;
	case HTML_NAME:
	case HTML_TAG:
	case HTML_ATTRIBUTE: return SPOT_TAG;
	case HTML_DOUBLE:
		*what = "in an attribute";
		if (strncmp(h->attribute, "on", 2) && strcmp(h->attribute, "style"))
			return SPOT_QUOTED;
		*what = "in an attribute that is script or style";
		break;
	case HTML_SINGLE: *what = "in single quotes: write double quotes"; break;
	case HTML_EQUALS:
	case HTML_BARE: *what = "in an attribute without quotes: write double quotes"; break;
	case HTML_COMMENT: *what = "in a comment of HTML"; break;
	case HTML_RAW:
	case HTML_RAW_END: *what = "in <script> or <style>"; break;
	default: *what = "right after <"; break;
	}
	return SPOT_FORBIDDEN;
}
