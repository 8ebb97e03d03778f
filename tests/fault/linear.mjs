// linear: is there an order of these operations, one at a time, that respects who was finished
// before who began, and in which each has the outcome that it had? The search of Wing and Gong
// (Testing and Verifying Concurrent Objects, 1993) with the memory of Lowe (Testing for
// Linearizability, 2017): a set of operations done and a state reached are visited once.
// It knows nothing of the program: a specification is a start, a step and a name for a state.
//
//   operation { call, back, ... }   back: Infinity when no answer came; then it may not have happened
//   spec { start, step(state, operation) -> state or null, name(state) -> string }

export function linear(operations, spec) {
	const all = [...operations].sort((a, b) => a.call - b.call);
	const done = new Uint8Array(all.length), seen = new Set();
	let must = all.filter(({ back }) => back !== Infinity).length, deepest = [];
	// Everything that may come next: begun before the first answer that is still to be explained.
	const next = () => {
		let first = Infinity;
		for (let i = 0; i < all.length; i++)
			if (!done[i] && all[i].back < first)
				first = all[i].back;
		const list = [];
		for (let i = 0; i < all.length && all[i].call <= first; i++)
			if (!done[i])
				list.push(i);
		return list;
	};
	const path = [], stack = [{ state: spec.start, list: next(), at: 0 }];
	while (stack.length) {
		const top = stack.at(-1);
		if (!must)
			return { holds: true, order: path.map((i) => all[i]) };
		if (top.at === top.list.length) {
			stack.pop();
			const i = path.pop();
			if (i !== undefined) {
				done[i] = 0;
				must += all[i].back !== Infinity;
			}
			continue;
		}
		const i = top.list[top.at++], state = spec.step(top.state, all[i]);
		if (state === null)
			continue;
		done[i] = 1;
		const name = `${Buffer.from(done).toString('latin1')}${spec.name(state)}`;
		if (seen.has(name)) {
			done[i] = 0;
			continue;
		}
		seen.add(name);
		must -= all[i].back !== Infinity;
		path.push(i);
		if (path.length > deepest.length)
			deepest = path.map((j) => all[j]);
		stack.push({ state, list: next(), at: 0 });
	}
	return { holds: false, deepest };
}

// A court as a sequential thing: cases wait, and one of register, refuse and retract wins; numbers
// are given one after the other; a judge who is absent is not drawn; what is read is what is.
export const courtSpec = (cases) => ({
	start: { last: 0, absent: '', cases: Object.fromEntries(cases.map((id) => [id, 'SUBMITTED,,'])) },
	name: (state) => JSON.stringify(state),
	step(state, { kind, id, outcome }) {
		const [stage, number, judge] = (state.cases[id] ?? ',,').split(',');
		const put = (...now) => ({ ...state, cases: { ...state.cases, [id]: now.join(',') } });
		switch (kind) {
		case 'register':
			if (outcome === 'refused')
				return stage === 'SUBMITTED' ? null : state;
			if (stage !== 'SUBMITTED' || (outcome && (outcome.number !== state.last + 1 || outcome.judge === state.absent)))
				return null;
			return { ...put('FEE_DUE', state.last + 1, outcome?.judge ?? '?'), last: state.last + 1 };
		case 'refuse':
		case 'retract':
			if (outcome === 'refused')
				return stage === 'SUBMITTED' ? null : state;
			return stage === 'SUBMITTED' ? put(kind === 'refuse' ? 'REFUSED' : 'WITHDRAWN', '', '') : null;
		case 'absent':
			return outcome === 'refused' ? state : { ...state, absent: outcome?.judge ?? state.absent };
		case 'read':
			return outcome.stage === stage && String(outcome.number) === number && (outcome.judge === judge || judge === '?') ? state : null;
		default:
			throw new Error(kind);
		}
	},
});

// A line for the record: its place in the docket is its outcome, one more than the last.
export const docketSpec = (entries) => ({
	start: entries,
	name: String,
	step(state, { outcome }) { return !outcome || outcome.entry === state + 1 ? state + 1 : null; },
});
