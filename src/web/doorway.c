#include "doorway.h"
#include "../court/entrance.h"
#include "../http/cookie.h"

#include <string.h>

enum mc_err doorway_in(struct ctx *ctx, const struct ask *ask, struct reply *reply, const struct entrance *entrance)
{
	reply->cookie[0] = cookie_session(ctx, ask, entrance->start.token);
	if (entrance->start.first)
		return page_go(ctx, reply, "/account/password?done=first_password");
	return page_go(ctx, reply, "%s", ask_local(entrance->next));
}

enum mc_err doorway_proved(struct ctx *ctx, const struct ask *ask, struct reply *reply, const struct login_proof *proof,
			   const char *next)
{
	struct entrance entrance;
	enum mc_err err = entrance_proved(ctx, ask->csrf, proof, next, &entrance);
	if (err)
		return err;
	return entrance.second ? page_go(ctx, reply, "/sign-in/second") : doorway_in(ctx, ask, reply, &entrance);
}
