import type { IDataObject } from 'n8n-workflow';

import { answerAgent, cutForAgent } from '../../../nodes/shared/action/agentReply';

const MAX = 20_000;

const itemsOf = (all: readonly IDataObject[]) =>
	all.map((json, item) => ({ json, pairedItem: { item } }));

/** What the model reads. */
const cut = (all: readonly IDataObject[]) => {
	const { shown, rest } = cutForAgent(itemsOf(all));
	const reply = shown.map(({ json }) => json);
	return { reply, end: reply.at(-1), text: JSON.stringify(reply), left: rest.length, shown };
};

/** So many items whose JSON, all together, has so many characters. */
const list = (count: number, characters: number): IDataObject[] => {
	const all: IDataObject[] = Array.from({ length: count }, () => ({ a: '' }));
	const [first = {}] = all;
	first.a = 'x'.repeat(characters - JSON.stringify(all).length);
	return all;
};

test.each([0, 1, 2, 1_000])('a reply of %i items that fits stays as it is', (count) => {
	const all = count === 0 ? [] : list(count, MAX);
	expect(JSON.stringify(all).length).toBeLessThanOrEqual(MAX);
	expect(cut(all)).toMatchObject({ reply: all, left: 0 });
});

test('a character more, and it is cut to whole items with one that says so', () => {
	const all = list(1_000, MAX + 1);
	const { reply, end, text, left, shown } = cut(all);
	expect(end).toEqual({ truncated: true, total: 1_000, shown: reply.length - 1 });
	expect(reply.slice(0, -1)).toEqual(all.slice(0, reply.length - 1));
	expect(text.length).toBeLessThanOrEqual(MAX);
	// As many as fit beside it.
	expect(text.length).toBeGreaterThan(MAX - 120);
	expect(left).toBe(1_000 - reply.length + 1);
	expect(shown.at(-1)?.pairedItem).toEqual({ item: reply.length - 1 });
});

test('an item that is too long ends the reply before it', () => {
	const { reply, left } = cut([{ a: 1 }, { page: 'x'.repeat(MAX) }, { a: 2 }]);
	expect(reply).toEqual([{ a: 1 }, { truncated: true, total: 3, shown: 1 }]);
	expect(left).toBe(2);
});

test('of a first item that is too long the short fields are shown, and the starts of others', () => {
	const page = '<"p">'.repeat(MAX);
	const [shortened, end] = cut([{ status: 'accepted', page, errors: [page], count: 7 }]).reply;
	expect(shortened).toMatchObject({ status: 'accepted', count: 7 });
	expect(String(shortened?.page)).toMatch(/^<"p">.{900,1000}…$/);
	expect(String(shortened?.errors)).toMatch(/^\["<.{900,1000}…$/);
	expect(end).toEqual({ truncated: true, total: 1, shown: 1 });
});

test('a list in it stays a list, and no emoji is cut in two', () => {
	const recipients = Array.from({ length: 3_000 }, (_, at) => String(8613800000000 + at));
	const [shortened] = cut([{ recipients, page: `x${'😀'.repeat(MAX)}` }]).reply;
	expect(shortened?.recipients).toEqual(recipients.slice(0, 62));
	expect(String(shortened?.page)).toMatch(/^x(?:😀)+…$/u);
});

test('an item that was shown in part does not come again', () => {
	const { rest, unseen } = cutForAgent(itemsOf([{ page: 'x'.repeat(MAX) }, { a: 1 }, { a: 2 }]));
	expect([rest.length, unseen.map(({ json }) => json)]).toEqual([3, [{ a: 1 }, { a: 2 }]]);
});

test('no item is too large, whatever is in it', () => {
	const quotes = Object.fromEntries(
		Array.from({ length: 500 }, (_, at) => [`field ${at}`, '"\\'.repeat(400)]),
	);
	const names = { ['n'.repeat(2 * MAX)]: 1, last: true };
	for (const json of [quotes, names]) {
		const { text, reply } = cut([json, json]);
		expect(text.length).toBeLessThanOrEqual(MAX);
		expect(reply).toHaveLength(2);
	}
	expect(cut([names]).reply[0]).toEqual({ last: true });
});

test('what is shown stays when the file of the rest cannot be kept', async () => {
	const context = {
		getNode: () => ({ id: 'a', name: 'A' }),
		getWorkflow: () => ({ id: 'w' }),
		helpers: { prepareBinaryData: async () => await Promise.reject(new Error('disk full')) },
	};
	const call = [context, { resource: 'reply', operation: 'getMany', effect: 'consume' }, []];
	const answer = async (all: readonly IDataObject[]) =>
		await (answerAgent as (...parts: unknown[]) => Promise<Array<{ json: IDataObject }>>)(
			...call,
			async () => itemsOf(all),
		);
	const all = list(1_000, 2 * MAX);
	const first = await answer(all);
	expect(first.at(-1)?.json).toMatchObject({ truncated: true, total: 1_000 });
	const shown = first.length - 1;
	expect((await answer([]))[0]?.json).toEqual(all[shown]);
});
