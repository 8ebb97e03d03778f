// The living page of all patterns: what holds here holds wherever they are used.

import { axeClean, bothLanguages, noOverflow, shot } from './court.mjs';

export async function everyPatternIsSound({ court }) {
	for (const width of [390, 1280])
		await bothLanguages(court, '/style', async (page) => {
			await axeClean(page);
			await noOverflow(page, 320);
			await shot(page, 'style');
		}, { width });
}
