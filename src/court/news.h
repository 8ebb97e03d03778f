/* news: who is told that something happened in a case: its parties who may see it, their
 * agents, its judge, the desks of its courts. Telling is only "look again": what counts
 * stands in the docket. */
#ifndef MC_NEWS_H
#define MC_NEWS_H
#include "../base/ctx.h"

/* event: "case", or "inbox" when a paper has arrived. The desks always hear "desk". */
enum mc_err news_tell(struct ctx *ctx, const char *court, const char *docket, const char *event);

#endif
