#include "pages.h"

const struct route *(*const pages_all[])(void) = {
	page_server,
	page_style,
	page_home,
	page_signin,
	page_register,
	page_account,
	page_people,
	page_courts,
	page_offices,
	page_act,
	page_file,
	page_receipt,
	page_find,
	page_blob,
	page_case,
	page_cases,
	page_entries,
	page_options,
	page_draw,
	page_paper,
	page_inbox,
	page_record,
	NULL
};
