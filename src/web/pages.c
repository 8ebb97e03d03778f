#include "pages.h"

const struct route *(*const pages_all[])(void) = {
	page_server,
	page_style,
	NULL
};
