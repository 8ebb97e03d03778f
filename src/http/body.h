/* body: what is sent after the headers. A form, whose values go to ask->form and whose files go to the
 * store while they arrive; the raw bytes of a call-back; or what the page itself takes in
 * (struct intake). How much may come is known before the first byte. */
#ifndef MC_BODY_H
#define MC_BODY_H
#include "route.h"

struct multipart;

struct body {
	struct text text;
	struct multipart *multipart;    /* NULL if it is none */
	int64_t size, most;             /* bytes: announced, then come; and how many may */
};

/* Gets ready for length bytes (-1 if unknown) of a request for route, which may be NULL. */
void body_expect(struct body *body, const struct ask *ask, const struct route *route, int64_t length);

/* MC_TOO_LARGE if more is announced than may come. */
enum mc_err body_announced(struct ctx *ctx, const struct body *body, const struct route *route);

/* True if so much has come that the sender should no longer be listened to. */
bool body_floods(const struct body *body);

/* The next bytes; MC_TOO_LARGE "form.too_large" if they are too many, and the errors of multipart_add()
 * or of what takes them in. */
enum mc_err body_add(struct ctx *ctx, struct body *body, const struct ask *ask, struct reply *reply, const char *bytes,
		     size_t n);

/* All of it is here: reads the form. */
enum mc_err body_form(struct ctx *ctx, struct body *body, struct ask *ask, const struct route *route);

/* The form has proved where it comes from: its files are the store's, and named in ask. */
enum mc_err body_files(struct ctx *ctx, struct body *body, struct ask *ask);

#endif
