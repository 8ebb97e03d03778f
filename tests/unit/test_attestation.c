#include "network.h"
#include "../../src/base/setting.h"
#include "../../src/base/text.h"
#include "../../src/court/attestation.h"

#include <microhttpd.h>
#include <netinet/in.h>

#define SECRET "thirty-two characters of a secret"

/* A stand-in for the identity service: checks the question's signature, answers as told. */
static struct {
	const char *body;
	bool unsigned_, other_question;
	unsigned status;
	char asked[1024];
	int questions, refused;
} stand;

struct stand_request { char body[1024]; size_t size; };

static enum MHD_Result stand_answer(void *cls, struct MHD_Connection *c, const char *url, const char *method,
				    const char *version, const char *upload, size_t *size, void **state)
{
	(void)cls, (void)url, (void)method, (void)version;
	struct stand_request *r = *state;
	if (!r) {
		*state = calloc(1, sizeof *r);
		return MHD_YES;
	}
	if (*size) {
		if (r->size + *size < sizeof r->body) {
			memcpy(r->body + r->size, upload, *size);
			r->size += *size;
		}
		*size = 0;
		return MHD_YES;
	}
	struct arena *mem = arena_begin();
	const char *when = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "X-Microcourt-Time");
	const char *signature = MHD_lookup_connection_value(c, MHD_HEADER_KIND, "X-Microcourt-Signature");
	bool right = when && signature && !strcmp(signature, attestation_sign(mem, SECRET, when, r->body));
	stand.questions++;
	stand.refused += !right;
	memcpy(stand.asked, r->body, sizeof stand.asked);
	struct MHD_Response *answer = MHD_create_response_from_buffer(strlen(stand.body), (void *)(uintptr_t)stand.body,
								      MHD_RESPMEM_MUST_COPY);
	if (!stand.unsigned_)
		MHD_add_response_header(answer, "X-Microcourt-Signature",
			attestation_sign(mem, SECRET, stand.other_question ? "another" : signature ? signature : "",
					 stand.body));
	enum MHD_Result result = MHD_queue_response(c, right ? stand.status : 401, answer);
	MHD_destroy_response(answer);
	arena_end(mem);
	return result;
}

static void stand_over(void *cls, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode code)
{
	(void)cls, (void)c, (void)code;
	free(*state);
}

static void stand_says(const char *body)
{
	memset(&stand, 0, sizeof stand);
	stand.body = body;
	stand.status = 200;
}

int main(void)
{
	struct store *store;
	struct ctx ctx = network_open(&store);
	struct attestation answer;
	struct person p, out;
	struct verification *note;
	size_t n;

	/* The key and words of RFC 4231, test case 2, with a line feed between, as openssl dgst -hmac says. */
	CHECK_TEXT(attestation_sign(ctx.mem, "Jefe", "what do ya want", "for nothing?"),
		   "50ff9fd552ba6f7d7aea9a88e93f2ebee2870bf860cfd7a2b6cf2cbbed92a13e");
	const char *zhang = network_person(&ctx, "张伟", 1);
	CHECK(!attestation_on());
	CHECK(!attestation_perform(&ctx, zhang));
	CHECK(!person_load(&ctx, zhang, &p));
	CHECK_INT(p.state, PERSON_REGISTERED);

	struct MHD_Daemon *service = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, stand_answer, NULL,
		MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&(struct sockaddr_in){
			.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) },
		MHD_OPTION_NOTIFY_COMPLETED, stand_over, NULL, MHD_OPTION_END);
	CHECK(service != NULL);
	unsigned port = MHD_get_daemon_info(service, MHD_DAEMON_INFO_BIND_PORT)->port;
	CHECK(!setting_put(&ctx, SETTING_IDENTITY_URL, "", arena_print(ctx.mem, "http://127.0.0.1:%u/ask", port), "test"));
	CHECK(!attestation_on());
	CHECK(!setting_put(&ctx, SETTING_IDENTITY_SECRET, "", SECRET, "test"));
	setenv("no_proxy", "127.0.0.1", 1);
	CHECK(attestation_on());

	stand_says("{\"result\":\"mismatch\",\"reference\":\"r-1\"}");
	CHECK(!attestation_ask(&ctx, &p, &answer));
	CHECK_TEXT(answer.result, "mismatch");
	CHECK_TEXT(answer.reference, "r-1");
	CHECK_INT(stand.refused, 0);
	CHECK_TEXT(stand.asked, arena_print(ctx.mem,
		"{\"kind\":\"citizen\",\"number\":\"%s\",\"name\":\"张伟\",\"mobile\":\"13800000001\"}", p.number));
	CHECK(!attestation_perform(&ctx, zhang));
	CHECK(!person_load(&ctx, zhang, &out));
	CHECK_INT(out.state, PERSON_REGISTERED);
	CHECK(out.waiting > 0);

	/* Whatever is wrong with the answer, the person is left to a clerk. */
	static const char *const wrong[] = { "", "{}", "[]", "match", "{\"result\":\"yes\"}", "{\"result\":{\"match\":1}}" };
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		stand_says(wrong[i]);
		CHECK_WHY(attestation_ask(&ctx, &p, &answer), MC_STORE, "attestation.no_answer");
	}
	stand_says("{\"result\":\"match\",\"reference\":\"\"}");
	stand.unsigned_ = true;
	CHECK_WHY(attestation_ask(&ctx, &p, &answer), MC_STORE, "attestation.no_answer");
	stand_says("{\"result\":\"match\",\"reference\":\"\"}");
	stand.other_question = true;
	CHECK_WHY(attestation_ask(&ctx, &p, &answer), MC_STORE, "attestation.no_answer");
	stand_says("{\"result\":\"match\",\"reference\":\"\"}");
	stand.status = 500;
	CHECK_WHY(attestation_ask(&ctx, &p, &answer), MC_STORE, "attestation.no_answer");
	CHECK(!setting_put(&ctx, SETTING_IDENTITY_SECRET, "", "another secret", "test"));
	stand_says("{\"result\":\"match\",\"reference\":\"\"}");
	CHECK_WHY(attestation_ask(&ctx, &p, &answer), MC_STORE, "attestation.no_answer");
	CHECK_INT(stand.refused, 1);
	CHECK(!setting_put(&ctx, SETTING_IDENTITY_SECRET, "", SECRET, "test"));
	char *long_body = arena_take(ctx.mem, 70001);
	memset(long_body, ' ', 70000);
	stand_says(long_body);
	CHECK_WHY(attestation_ask(&ctx, &p, &answer), MC_STORE, "attestation.no_answer");

	/* A match verifies a natural person at once, an organisation not. */
	stand_says("{\"result\":\"match\",\"reference\":\"r-2\"}");
	CHECK(!attestation_perform(&ctx, zhang));
	CHECK(!person_load(&ctx, zhang, &out));
	CHECK_INT(out.state, PERSON_VERIFIED);
	CHECK_INT(out.waiting, 0);
	ctx.person = zhang;
	CHECK(!verification_list(&ctx, zhang, &cursor_start, 100, &note, &n));
	CHECK_INT(n, 2);
	CHECK(!strcmp(note[0].reference, "r-2") || !strcmp(note[1].reference, "r-2"));
	CHECK_TEXT(note[0].method, "service");
	ctx.person = "";
	struct person firm = {
		.kind = PERSON_ORGANISATION, .number = "91000000MA000000X0", .name = "示例有限公司", .mobile = "13800000002",
		.email = "", .address = "示例路1号院", .representative = "陈某", .operator = "周某",
		.representative_number = network_number(&ctx, 3), .operator_number = network_number(&ctx, 4),
	};
	char *code = arena_copy(ctx.mem, firm.number);
	for (const char *c = "0123456789ABCDEFGHJKLMNPQRTUWXY"; *c && !identity_credit_code(code); c++)
		code[17] = *c;
	firm.number = code;
	CHECK(!db_together(&ctx, network_add, &firm));
	CHECK(!attestation_perform(&ctx, firm.id));
	CHECK(strstr(stand.asked, "\"operator\":\"周某\"") != NULL);
	CHECK(!person_load(&ctx, firm.id, &out));
	CHECK_INT(out.state, PERSON_REGISTERED);
	CHECK(out.waiting > 0);

	/* Nobody at home: registered, waiting, noted as unknown. */
	MHD_stop_daemon(service);
	const char *li = network_person(&ctx, "李娜", 5);
	CHECK(!attestation_perform(&ctx, li));
	CHECK(ctx.why == NULL);
	ctx.person = li;
	CHECK(!verification_list(&ctx, li, &cursor_start, 100, &note, &n));
	CHECK_INT(n, 1);
	CHECK_TEXT(note[0].result, "unknown");

	network_end(&ctx, store);
	return check_end();
}
