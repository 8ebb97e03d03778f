/* bench: who judges. The judge is drawn by chance among those of the court who are free
 * and not recused; the seed and the list are kept, so that anyone can repeat the draw.
 * Recusal is asked for, or disclosed by the judge, and decided by the president (民诉法
 * arts 40, 47 to 50; 人民法院组织法 art. 29). */
#ifndef MC_BENCH_H
#define MC_BENCH_H
#include "act.h"

struct bench_draw { const char *seed, *candidates, *excluded, *judge; int entry; };

/* The candidate that this seed gives: SHA-256 of the seed, a line feed and the candidates
 * one a line, read as a number, modulo their count. Pure: anyone can repeat it. */
size_t bench_pick(struct arena *mem, const char *seed, const char *const *candidates, size_t count);

/* The draws of a case, newest first. */
enum mc_err bench_draws(struct ctx *ctx, const struct docket *docket, struct bench_draw **out, size_t *count);

extern const struct act_special bench_draw, bench_ask_recusal, bench_rule_recusal;

#endif
