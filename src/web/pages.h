/* pages: the list of all page files. A new page is one line here and one in pages.c. */
#ifndef MC_PAGES_H
#define MC_PAGES_H
#include "page.h"

const struct route *page_server(void);
const struct route *page_operating(void);
const struct route *page_style(void);
const struct route *page_home(void);
const struct route *page_signin(void);
const struct route *page_second(void);
const struct route *page_passkey(void);
const struct route *page_register(void);
const struct route *page_account(void);
const struct route *page_token(void);
const struct route *page_federation(void);
const struct route *page_webhooks(void);
const struct route *page_people(void);
const struct route *page_courts(void);
const struct route *page_lists(void);
const struct route *page_offices(void);
const struct route *page_act(void);
const struct route *page_file(void);
const struct route *page_receipt(void);
const struct route *page_find(void);
const struct route *page_blob(void);
const struct route *page_upload(void);
const struct route *page_case(void);
const struct route *page_cases(void);
const struct route *page_entries(void);
const struct route *page_options(void);
const struct route *page_draw(void);
const struct route *page_paper(void);
const struct route *page_evidence(void);
const struct route *page_inbox(void);
const struct route *page_record(void);
const struct route *page_desk(void);
const struct route *page_caseload(void);
const struct route *page_today(void);
const struct route *page_absence(void);
const struct route *page_pay(void);
const struct route *page_sandbox(void);
const struct route *page_calculators(void);
const struct route *page_acts(void);
const struct route *page_about(void);
const struct route *page_api(void);

/* Ends with NULL. */
extern const struct route *(*const pages_all[])(void);

#endif
