/* page_passkey: the form with which every page of signing in offers a passkey. */
#ifndef MC_PAGE_PASSKEY_H
#define MC_PAGE_PASSKEY_H
#include "page.h"

struct view_form;

/* The one button; court.js asks the device when it is pressed. next: a path of this site, or "". */
struct view_form *page_passkey_form(struct ctx *ctx, const struct ask *ask, const char *next);

#endif
