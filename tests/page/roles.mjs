// roles: who there is, and what each is answered on every route at every stage of a case, written down from
// the law and not from the program. The walks (walk*.test.mjs) go by it.

import { readFileSync } from 'node:fs';

// -- who --------------------------------------------------------------------------------
// since: the stage from which one has standing; by: the roles of the act table one has there.

export const stages = ['RECEIVED', 'SUBMITTED', 'FEE_DUE', 'READY', 'SERVED', 'ANSWERING', 'HEARING', 'DELIBERATING', 'APPEALABLE', 'CLOSED'];
export const cast = {
	nobody:      { signed: false },
	wangqiang:   { verified: false },
	hongda:      {},
	zhangwei:    { since: 'RECEIVED', by: ['PLAINTIFF'], side: '张伟' },
	lina:        { since: 'SERVED', by: ['DEFENDANT'], side: '李娜' },
	lijing:      { since: 'READY', by: ['PLAINTIFF'], side: '张伟', agent: true },
	'bj-filing':    { since: 'RECEIVED', by: ['FILING'], works: true, staff: ['filing'] },
	'bj-clerk':     { since: 'RECEIVED', by: ['CLERK'], works: true, staff: ['clerk'] },
	'bj-assistant': { since: 'RECEIVED', by: ['ASSISTANT'], works: true, staff: ['assistant'] },
	'bj-president': { since: 'RECEIVED', by: ['PRESIDENT'], works: true, staff: ['president'] },
	judge:          { since: 'FEE_DUE', by: ['JUDGE'], works: true, staff: ['judge'] },
	'other judge':  { staff: ['judge'] },
	'bj-mediator':  { staff: ['mediator'] },
	'bj-admin':     { staff: ['admin'], court: '132' },
	'hz-filing':    { since: 'RECEIVED', by: ['DESK'], desk: true, staff: ['filing'] },
	'hz-clerk':     { staff: ['clerk'] },
	'hz-admin':     { staff: ['admin'], court: 'B1W' },
};

const holds = (who, ...offices) => offices.some((office) => who.staff?.includes(office));
export const stands = (who, stage) => who.since !== undefined && stages.indexOf(stage) >= stages.indexOf(who.since);

// -- the act table, as the law reads it --------------------------------------------------

function readActs() {
	const text = readFileSync(new URL('../../src/law/act.tbl', import.meta.url), 'utf8');
	const live = ['FEE_DUE', 'READY', 'ANSWERING', 'EXCHANGING', 'SCHEDULED', 'HEARING', 'DELIBERATING'];
	const alive = ['SUBMITTED', 'CORRECTING', ...live, 'APPEALABLE', 'APPEALED'];
	const sets = { IN_REGISTERED: live, IN_ALIVE: alive, IN_FILED: [...alive, 'REFUSED', 'EFFECTIVE', 'WITHDRAWN', 'TRANSFERRED', 'CLOSED'] };
	return [...text.matchAll(/^ACT\((\w+),([\s\S]*?)\)\n(?=\n|ACT|\/\*|$)/gm)].map(([, code, row]) => ({
		code, path: code.toLowerCase().replaceAll('_', '-'),
		by: [...row.match(/\.by = ([^,]*)/)[1].matchAll(/BY\((\w+)\)/g)].map((m) => m[1]),
		in: [...row.match(/\.in = ([\s\S]*?),\s*\.?/)[1].matchAll(/IN\((\w+)\)|(IN_\w+)/g)].flatMap((m) => m[1] ?? sets[m[2]]),
		own: /\.own = true/.test(row), special: /\.special = true/.test(row),
	}));
}
export const acts = readActs();

// What asking for the form of an act is answered with. Both: the act has a condition of its own.
function onAct(act, who, stage) {
	if (act.by.every((by) => by === 'SYSTEM') || act.by.includes('FILER'))
		return [404];
	if (!act.by.some((by) => who.by.includes(by)) || (who.agent && (act.own || act.special)))
		return [403];
	return act.in.includes(stage === 'SERVED' ? 'ANSWERING' : stage) ? [200, 409] : [409];
}

// -- the table ----------------------------------------------------------------------------

const ok = () => [200];
// In a case: whoever has no standing reads that there is none.
const inCase = (then = ok) => (who, at) => (stands(who, at.stage) ? then(who, at) : [404]);
export const knows = (who, at) => who.works || who.side === '张伟' || (who.side === '李娜' && at.stage !== 'SERVED');
const office = (...offices) => (who) => [holds(who, ...offices) ? 200 : 403];
export const C = '/cases/:court/:id';

// method, path, gate, what is answered behind the gate. form: sent with a token.
export const table = [
	['GET', '/health', 'public', ok],
	['GET', '/ready', 'public', ok],
	['GET', '/metrics', 'public', ok],
	['GET', '/static/:name', 'public', ok],
	['GET', '/live', 'signed', ok],
	['GET', '/problems/:key', 'public', ok],
	['GET', '/style', 'public', ok],
	['POST', '/style', 'public', () => [200, 303, 422]],
	['GET', '/', 'public', ok],
	['GET', '/sign-in', 'public', (who) => [who.signed === false ? 200 : 303]],
	['POST', '/sign-in', 'public', () => [422, 429]],
	['POST', '/sign-out', 'signed', null],
	['GET', '/sign-in/second', 'public', () => [303, 409]],
	['POST', '/sign-in/second', 'public', () => [303, 409], { code: '000000' }],
	['GET', '/register', 'public', () => [200, 303]],
	['GET', '/register/:kind', 'public', () => [200, 303]],
	['POST', '/register/:kind', 'public', () => [422]],
	['GET', '/account', 'signed', ok],
	['GET', '/account/history', 'signed', ok],
	['POST', '/account/sessions', 'signed', () => [404], { end: 'nobodys' }],
	['GET', '/account/edit', 'signed', ok],
	['POST', '/account/edit', 'signed', () => [422]],
	['GET', '/account/password', 'signed', ok],
	['POST', '/account/password', 'signed', () => [422], { old: 'wrong', fresh: 'a', again: 'b' }],
	['GET', '/account/tokens', 'signed', ok],
	['POST', '/account/tokens', 'verified', () => [422, 429], { name: 'x', password: 'wrong' }],
	['POST', '/account/tokens/end', 'signed', () => [404], { end: 'nobodys' }],
	['GET', '/account/webhooks', 'signed', ok],
	['GET', '/account/webhooks/:hook/messages', 'signed', () => [404]],
	['POST', '/account/webhooks', 'verified', () => [422, 429], { url: 'https://hooks.example/', password: 'wrong' }],
	['POST', '/account/webhooks/change', 'signed', () => [404], { do: 'remove', hook: '0.nobodys' }],
	['POST', '/sign-in/passkey', 'public', () => [422]],
	['POST', '/sign-in/passkey/challenge', 'public', ok],
	['GET', '/account/passkeys', 'signed', ok],
	['POST', '/account/passkeys', 'signed', () => [422]],
	['POST', '/account/passkeys/challenge', 'signed', () => [422, 429], { password: 'wrong' }],
	['POST', '/account/passkeys/rename', 'signed', () => [404], { which: 'nobodys', name: 'x' }],
	['POST', '/account/passkeys/remove', 'signed', () => [422, 429], { password: 'wrong', which: 'nobodys' }],
	['GET', '/account/second', 'signed', ok],
	['POST', '/account/second', 'signed', () => [422], { do: 'change', what: 'neither' }],
	['GET', '/account/second/qr', 'signed', () => [404]],
	['GET', '/sign-in/with/:provider', 'public', () => [404]],
	['GET', '/sign-in/with/:provider/back', 'public', () => [404]],
	['GET', '/sign-in/with/:provider/join', 'public', (who) => [who.signed === false ? 404 : 303]],
	['POST', '/sign-in/with/:provider/join', 'public', () => [404]],
	['GET', '/account/providers', 'signed', ok],
	['POST', '/account/providers', 'signed', () => [404], { provider: 'none', password: 'wrong' }],
	['POST', '/account/providers/end', 'signed', () => [404], { issuer: 'none', subject: 'none' }],
	['GET', '/people', 'staff', office('filing', 'admin')],
	['GET', '/people/:person', 'staff', office('filing', 'admin')],
	['POST', '/people/:person', 'staff', (who) => [holds(who, 'filing', 'admin') ? 422 : 403], { do: 'grant' }],
	['GET', '/courts', 'public', ok],
	['GET', '/courts/:court', 'public', ok],
	['GET', '/lists', 'public', ok],
	['GET', '/lists/:list', 'public', ok],
	['GET', '/offices', 'staff', (who) => [holds(who, 'admin') ? 303 : 403]],
	['GET', '/offices/:court', 'staff', (who) => [who.court === '132' ? 200 : 403]],
	['POST', '/offices/:court', 'staff', (who) => [who.court === '132' ? 422 : 403], { number: 'nobody', office: 'judge' }],
	['GET', `${C}/act/:act`, 'verified', inCase((who, at) => onAct(at.act, who, at.stage))],
	['POST', `${C}/act/:act`, 'verified', inCase((who, at) => (onAct(at.act, who, at.stage)[0] === 200 ? null : onAct(at.act, who, at.stage))), { do: 'submit' }],
	['GET', '/file', 'signed', ok],
	['POST', '/file', 'verified', null],
	['GET', '/file/:draft', 'verified', (who) => [who.side === '张伟' && !who.agent ? 200 : 404]],
	['POST', '/file/:draft', 'verified', (who) => (who.side === '张伟' && !who.agent ? null : [404]), { do: 'next' }],
	['GET', `${C}/receipt`, 'signed', inCase()],
	['GET', '/find/causes', 'public', ok],
	['GET', '/find/courts', 'public', ok],
	['GET', `${C}/files/:digest`, 'signed', inCase((who, at) => [knows(who, at) || (who.desk && at.stage === 'RECEIVED') ? 200 : 404])],
	['GET', '/file/:draft/files/:digest', 'verified', (who) => [who.side === '张伟' && !who.agent ? 200 : 404]],
	['OPTIONS', '/uploads', 'public', () => [204]],
	['POST', '/uploads', 'verified', () => [400]],
	['HEAD', '/uploads/:upload', 'verified', (who) => [who.side === '张伟' && !who.agent ? 200 : 404]],
	['PATCH', '/uploads/:upload', 'verified', (who) => [who.side === '张伟' && !who.agent ? 415 : 404]],
	['DELETE', '/uploads/:upload', 'verified', (who) => (who.side === '张伟' && !who.agent ? null : [404])],
	['GET', C, 'signed', inCase()],
	['GET', '/cases', 'signed', ok],
	['GET', `${C}/docket`, 'signed', inCase()],
	['GET', `${C}/docket/:number`, 'signed', inCase()],
	['GET', `${C}/acts`, 'signed', inCase()],
	['GET', `${C}/draw`, 'signed', inCase()],
	['GET', `${C}/papers/:number`, 'signed', inCase((who, at) => [at.paper(who) ? 200 : 404])],
	['GET', `${C}/papers`, 'signed', inCase()],
	['GET', `${C}/evidence`, 'signed', inCase((who, at) => [knows(who, at) || (who.desk && at.stage === 'RECEIVED') ? 200 : 404])],
	['GET', '/inbox', 'signed', ok],
	['GET', `${C}/hearings/:number/record`, 'signed', inCase((who, at) => [at.heard && knows(who, at) ? 200 : 404])],
	['GET', '/desk', 'staff', (who) => [holds(who, 'filing') ? 200 : 303]],
	['GET', '/docket', 'staff', office('clerk', 'assistant', 'judge', 'president')],
	['GET', '/today', 'staff', (who) => [holds(who, 'filing', 'clerk', 'assistant', 'judge', 'president') ? 200 : holds(who, 'admin') ? 303 : 403]],
	['GET', '/bench', 'staff', office('president')],
	['POST', '/bench', 'staff', (who) => [holds(who, 'president') ? 422 : 403]],
	['GET', `${C}/pay`, 'verified', inCase((who, at) => [!who.works && who.side !== '张伟' && !(who.desk && at.stage === 'RECEIVED') ? 403 : at.registered ? 200 : 409])],
	['POST', `${C}/pay`, 'verified', inCase((who, at) => (who.side !== '张伟' ? [403, 409] : at.stage === 'FEE_DUE' ? null : [409]))],
	['POST', '/payments/callback', 'open', () => [403]],
	['GET', '/sandbox/pay', 'public', () => [404]],
	['POST', '/sandbox/pay', 'public', () => [404]],
	['GET', '/calculators', 'public', ok],
	['GET', '/calculators/fee', 'public', ok],
	['GET', '/calculators/limit', 'public', ok],
	['GET', '/acts', 'public', ok],
	['GET', '/acts/:act', 'public', ok],
	['GET', '/about', 'public', ok],
	['GET', '/api', 'public', ok],
	['GET', '/openapi.json', 'public', ok],
];

// What stands before every handler. Undefined: it is the handler's turn.
export function gate(kind, who, json) {
	if (kind === 'public' || kind === 'open')
		return undefined;
	if (who.signed === false)
		return [json ? 401 : 303];
	if ((kind === 'staff' && !who.staff) || (kind === 'verified' && who.verified === false))
		return [403];
	return undefined;
}

// The law of reading: the court all; the desk what was handed in there; a party what it wrote and
// what was sent to it.
export function mayRead(who, paper) {
	if (who.works)
		return true;
	if (who.desk)
		return ['COMPLAINT', 'RECEIPT'].includes(paper.kind);
	return paper.who === who.side || (who.side === '张伟' && ['COMPLAINT', 'RECEIPT'].includes(paper.kind))
		|| paper.services.some((service) => service.party === who.side);
}
