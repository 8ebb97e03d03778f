/* roll: what is special about each act, by name: the one file that knows all features.
 * An act that is not here is nothing but its row. */
#include "act.h"
#include "agency.h"
#include "answer.h"
#include "bench.h"
#include "evidence.h"
#include "fee_due.h"
#include "filing.h"
#include "hearing.h"
#include "judgment.h"
#include "jurisdiction.h"
#include "record.h"
#include "registration.h"
#include "service.h"
#include "withdrawal.h"

const struct act_special *const act_roll[ACT_COUNT] = {
	[ACT_SUBMIT] = &filing_submit,
	[ACT_NOTIFY_CORRECTION] = &filing_notify_correction,
	[ACT_CORRECT] = &filing_correct,
	[ACT_REGISTER] = &registration_register,
	[ACT_REFUSE] = &filing_refuse,
	[ACT_PAID] = &fee_due_pay,
	[ACT_ASK_RELIEF] = &fee_due_ask_relief,
	[ACT_RULE_RELIEF] = &fee_due_rule_relief,
	[ACT_DEEM_WITHDRAWN] = &withdrawal_deem,
	[ACT_DRAW] = &bench_draw,
	[ACT_ASK_RECUSAL] = &bench_ask_recusal,
	[ACT_RULE_RECUSAL] = &bench_rule_recusal,
	[ACT_GRANT_AUTHORITY] = &agency_grant,
	[ACT_ACCEPT_AUTHORITY] = &agency_accept,
	[ACT_DECLINE_AUTHORITY] = &agency_decline,
	[ACT_CHANGE_AUTHORITY] = &agency_change,
	[ACT_REVOKE_AUTHORITY] = &agency_revoke,
	[ACT_SERVE] = &service_serve,
	[ACT_ARRIVE] = &service_arrive,
	[ACT_RECEIVE] = &service_receive,
	[ACT_RECORD_SERVICE] = &service_record,
	[ACT_ANSWER] = &answer_file,
	[ACT_OBJECT_JURISDICTION] = &jurisdiction_object,
	[ACT_RULE_JURISDICTION] = &jurisdiction_rule,
	[ACT_SET_EVIDENCE_TERM] = &evidence_set_term,
	[ACT_SUBMIT_ITEM] = &evidence_submit,
	[ACT_WITHDRAW_ITEM] = &evidence_withdraw,
	[ACT_OPINE] = &evidence_opine,
	[ACT_FIND] = &evidence_find,
	[ACT_SCHEDULE] = &hearing_schedule,
	[ACT_POSTPONE] = &hearing_postpone,
	[ACT_OPEN] = &hearing_open,
	[ACT_RECORD] = &hearing_record,
	[ACT_ADJOURN] = &hearing_adjourn,
	[ACT_CLOSE_HEARING] = &hearing_close,
	[ACT_CONFIRM_RECORD] = &record_confirm,
	[ACT_OBJECT_RECORD] = &record_object,
	[ACT_RULE_WITHDRAWAL] = &withdrawal_rule,
	[ACT_PRONOUNCE] = &judgment_pronounce,
	[ACT_APPEAL] = &judgment_appeal,
	[ACT_TAKE_EFFECT] = &judgment_take_effect,
	[ACT_CLOSE] = &judgment_close,
};
