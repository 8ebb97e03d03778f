/* provider: a service elsewhere that says who somebody is (OpenID Connect Core 1.0, Discovery 1.0):
 * the authorization code flow with PKCE (RFC 7636, S256). Which there are stands in the settings
 * oidc.NAME.issuer, .client, .secret, .label_zh, .label_en. What a service says of itself and
 * its keys are fetched when first needed and kept for an hour; a key that is not among them
 * has them fetched once more. What it says of a person counts only if it is signed by it (jwt.h),
 * for this court, for this very attempt, and now. */
#ifndef MC_PROVIDER_H
#define MC_PROVIDER_H
#include "../base/ctx.h"

#include <stddef.h>

enum { PROVIDER_MOST = 8 };             /* more in the settings are passed over */

struct provider {
	const char *name;               /* what stands for the * in the settings, and in our addresses */
	const char *label;              /* what people call it, in the language of ctx */
	const char *issuer, *client, *secret;
};

/* One way there and back. */
struct provider_errand {
	const char *state, *nonce, *verifier;   /* secrets of this attempt (id_secret) */
	const char *back;                       /* whole address to which the person returns */
};

/* The nth of the settings; the one of this name, MC_UNKNOWN "provider.unknown". */
bool provider_nth(struct ctx *ctx, size_t n, struct provider *out);
enum mc_err provider_find(struct ctx *ctx, const char *name, struct provider *out);

/* The address at the service to which the person is sent. Slow (may fetch, up to 8 s). MC_STORE
 * "provider.down" (arg[0] of all: the label) if the service is silent or contradicts itself. */
enum mc_err provider_go(struct ctx *ctx, const struct provider *provider, const struct provider_errand *errand,
			const char **where);

/* Exchanges the code that the person brought back for who it is there. Slow. MC_STORE
 * "provider.down"; MC_DENIED "provider.code" if the service takes the code back, and for a statement
 * that must not be believed "provider.malformed", ".algorithm", ".signature", ".issuer",
 * ".audience", ".nonce", ".expired", ".clock", ".hash". */
enum mc_err provider_redeem(struct ctx *ctx, const struct provider *provider, const struct provider_errand *errand,
			    const char *code, const char **subject);

/* Forgets what was fetched (tests). */
void provider_forget(void);

#endif
