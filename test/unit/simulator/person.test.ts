import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SmsPlatformSimulatorOptions, startSmsPlatformSimulator } from '../../simulator';
import { answerByLink, DEFAULT_PERSON, replyTo, type PersonSettings } from '../../simulator/person';
import { until } from '../../support/until';
import { call, hexOf, login, post, send } from './smsPlatformClient';

interface Arrived {
	method: string | undefined;
	body: string;
}

/** Stands for n8n: serves a page, and notes what is sent to it. */
async function serve(page: string) {
	const arrived: Arrived[] = [];
	const server = createServer((incoming, outgoing) => {
		let body = '';
		incoming.on('data', (chunk: Buffer) => (body += chunk.toString()));
		incoming.on('end', () => {
			arrived.push({ method: incoming.method, body });
			outgoing.end(incoming.method === 'GET' ? page : '1');
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		link: `http://127.0.0.1:${port}/page?signature=abc`,
		arrived,
		close: async () => await new Promise((resolve) => server.close(resolve)),
	};
}

const BUTTONS =
	'<form><button name="answer" value="approve">A</button><button name="answer" value="decline">D</button></form>';
const FIELD = '<form><textarea rows="4" name="text"></textarea><button>Send</button></form>';

const person = (settings: Partial<PersonSettings> = {}): PersonSettings => ({
	...DEFAULT_PERSON,
	...settings,
});

describe('a person', () => {
	test.each([
		['Go?\nReply Y1234567 (Approve) or N1234567 (Decline)', {}, 'Y1234567'],
		['Go?\n回复 Y1234567 同意，N1234567 拒绝', { answer: 'decline' }, 'N1234567'],
		['Go?\nReply Y1234567 (Approve)', { answer: 'decline' }, undefined],
		['When?\n回复 R1234567，后面写上您的答复', {}, 'R1234567 好的'],
		['Your order Y123 has arrived', {}, undefined],
	] as const)('reads what can be replied to "%s"', (sms, settings, reply) => {
		expect(replyTo(sms, person(settings))).toBe(reply);
	});

	test.each([
		[BUTTONS, { answer: 'decline' }, 'answer=decline'],
		[FIELD, { answerText: '明天 & "好"' }, 'text=%E6%98%8E%E5%A4%A9+%26+%22%E5%A5%BD%22'],
	] as const)('opens the link before it answers: %s', async (page, settings, body) => {
		const { link, arrived, close } = await serve(page);
		expect(await answerByLink(`Go?\n${link}`, person(settings))).toEqual({
			status: 200,
			text: '1',
		});
		expect(arrived).toEqual([
			{ method: 'GET', body: '' },
			{ method: 'POST', body },
		]);
		await close();
	});

	test('answers nothing that is not offered', async () => {
		const { link, arrived, close } = await serve('It was answered');
		expect(await answerByLink(link, person())).toBeUndefined();
		expect(await answerByLink('No link', person())).toBeUndefined();
		expect(arrived).toHaveLength(1);
		await close();
	});
});

const QUESTION = 'Go?\nReply Y1234567 (Approve)';

describe('the SMS platform', () => {
	let closing: Array<() => Promise<unknown>> = [];

	const start = async (options: SmsPlatformSimulatorOptions) => {
		const simulator = await startSmsPlatformSimulator({
			...{ seedReplies: false, deliveryDelayMs: 0, answerDelayMs: 0, pushIntervalMs: 0 },
			...options,
		});
		closing.push(simulator.close);
		return simulator;
	};

	afterEach(async () => {
		await Promise.all(closing.map(async (close) => await close()));
		closing = [];
	});

	const ask = { content: hexOf(QUESTION) };

	test('lets the phones that were reached answer by SMS, to be asked for', async () => {
		const simulator = await start({ answerBy: 'sms' });
		await send(simulator, { ...ask, mobile: '8613800138001,8613800130000' });
		await until(() => simulator.state.answers.length === 1);
		expect(simulator.state.answers).toMatchObject([{ by: 'sms', outcome: 'Y1234567' }]);
		const { text } = await post(simulator, '/callApi.aspx', {
			...login(simulator),
			action: 'query',
		});
		expect(text.match(/<mobile>\d+/g)).toEqual(['<mobile>8613800138001']);
		expect(text).toContain('<content>Y1234567</content>');
	});

	test('answers by both ways, and tells what came of it', async () => {
		const simulator = await start({ answerBy: 'both' });
		await send(simulator, ask);
		await until(() => simulator.state.answers.length === 2);
		const [{ taskId } = { taskId: '' }] = simulator.state.messages;
		const about = { mobile: '8613800138001', taskId };
		expect(simulator.state.answers).toEqual([
			{ ...about, by: 'sms', outcome: 'Y1234567' },
			{ ...about, by: 'link', outcome: 'It offers no such answer' },
		]);
	});

	test('lets nobody answer unless it is told to', async () => {
		const simulator = await start({});
		await send(simulator, ask);
		expect(await call(simulator, '/callApi.aspx', { action: 'query' })).toEqual({});
		expect(simulator.state.answers).toEqual([]);
	});

	test('pushes reports and replies where it was told to, by its rule', async () => {
		const { link, arrived, close } = await serve('');
		closing.push(close);
		const simulator = await start({ answerBy: 'sms', pushUrl: link });
		await send(simulator, ask);
		await until(() => simulator.state.pushes.length === 2);
		expect(arrived.map(({ body }) => /<\w+box>/.exec(body)?.[0])).toEqual([
			'<statusbox>',
			'<callbox>',
		]);
		expect(simulator.state.pushes.every(({ acknowledged }) => acknowledged)).toBe(true);
		expect([simulator.state.reports.size, simulator.state.replies.size]).toEqual([0, 0]);
		simulator.settings.pushUrl = 'http://127.0.0.1:9/';
		simulator.addReply({ mobile: '1', content: 'x' });
		await until(() => simulator.state.pushes.length === 5);
	});

	test('leaves nothing behind when it is closed', async () => {
		const { link, arrived, close } = await serve('');
		const simulator = await start({ answerBy: 'sms', pushUrl: link, answerDelayMs: 2 ** 40 });
		await send(simulator, { ...ask, mobile: '8613800138001' });
		await until(() => simulator.state.pushes.length === 1);
		await simulator.close();
		expect(arrived).toHaveLength(1);
		expect(simulator.state.answers).toEqual([]);
		await close();
	});
});
