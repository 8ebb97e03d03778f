/* pages: the list of all page files. A new page is one line here and one in pages.c. */
#ifndef MC_PAGES_H
#define MC_PAGES_H
#include "page.h"

const struct route *page_server(void);
const struct route *page_style(void);

/* Ends with NULL. */
extern const struct route *(*const pages_all[])(void);

#endif
