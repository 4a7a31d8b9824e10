import {
	answerOf,
	readAsked,
	readCodedReply,
	timedOutAnswer,
	toMessage,
	type Question,
} from '../../../nodes/shared/contracts/question';

const question: Question = {
	id: 'abcd',
	message: '为卡 4711 充值吗？\n',
	responseType: 'approval',
	canDecline: true,
	link: 'https://n8n.example.com/webhook-waiting/8231/node?q=abcd&signature=1f',
	executionId: '8231',
	mobile: '13800138001',
	secret: '407215',
	askedAt: 0,
	about: {},
};

describe('the text of a question', () => {
	const { secret: _, ...byLink } = question;

	test.each([
		[question, 'zh', false, '为卡 4711 充值吗？\n回复 Y4072158231 同意，N4072158231 拒绝'],
		[
			{ ...question, canDecline: false, approveLabel: '好' },
			'zh',
			false,
			'为卡 4711 充值吗？\n回复 Y4072158231 好',
		],
		[
			question,
			'en',
			true,
			`为卡 4711 充值吗？\nReply Y4072158231 (Approve) or N4072158231 (Decline)\nOr here: ${question.link}`,
		],
		[byLink, 'zh', true, `为卡 4711 充值吗？\n请点击回复： ${question.link}`],
		[
			{ ...question, responseType: 'freeText' },
			'en',
			false,
			'为卡 4711 充值吗？\nReply R4072158231, a space and your answer',
		],
	] as const)('ends with what to answer: %#', (one, language, withLink, text) => {
		expect(toMessage(one as Question, language, withLink)).toBe(text);
	});
});

describe('a reply with a code', () => {
	const whole = { letter: 'Y', secret: '407215', executionId: '8231' };

	test.each([
		'Y4072158231',
		'y4072158231',
		' Ｙ４０７２１５８２３１ ',
		'Y 407215 8231',
		'Y-407215-8231',
		'“Y4072158231”',
		'Y:4072158231。',
		'回复Y4072158231',
		'回复：Y4072158231',
		'【Y4072158231】',
		'Y\u200b4072158231',
		'\u202aY407215\u00ad8231\u202c',
		'Reply Y4072158231',
		'Y4072158231 同意',
	])('is read however it is typed: %s', (content) => {
		expect(readCodedReply(content)).toContainEqual(expect.objectContaining(whole));
	});

	test.each([
		'',
		'Y',
		'Yes',
		'Y407215',
		'ok Y4072158231',
		'4072158231',
		'X4072158231',
		'Y 4o72158',
	])('is none where there is no code: %s', (content) => {
		expect(readCodedReply(content)).toEqual([]);
	});

	test('keeps the text behind the code, and every way to read it', () => {
		expect(readCodedReply('r407215 8231 15 辆车，明天')).toEqual([
			{ letter: 'R', secret: '407215', executionId: '8231', rest: '15 辆车，明天' },
			{ letter: 'R', secret: '407215', executionId: '823115', rest: '辆车，明天' },
		]);
		const restOf = (behind: string) => readCodedReply(`R4072158231${behind}`)[0]?.rest;
		expect(restOf('，好')).toBe('好');
		const texts = [
			'👨\u200d👩\u200d👧 می\u200cخواهم',
			'-5',
			'.5',
			'10²',
			'½',
			'①',
			'明天，上午（九点）！',
			'"好"',
			'5㎡ ',
		];
		expect(texts.map((text) => restOf(` ${text}`))).toEqual(texts.map((text) => text.trim()));
	});

	test('is read in little time, whatever it holds', () => {
		expect(readCodedReply(`Y${'1 '.repeat(100_000)}`).length).toBeLessThan(10);
		expect(readCodedReply(`Y${'1'.repeat(100_000)}`)).toEqual([]);
	});
});

test('an answer is one to what was asked', () => {
	const reply = { letter: 'Y', secret: '407215', executionId: '8231', rest: '' } as const;
	expect(answerOf(question, reply)).toEqual({ approved: true });
	expect(answerOf(question, { ...reply, letter: 'N' })).toEqual({ approved: false });
	expect(answerOf({ ...question, canDecline: false }, { ...reply, letter: 'N' })).toBeUndefined();
	expect(answerOf(question, { ...reply, letter: 'R', rest: 'x' })).toBeUndefined();
	const asksText: Question = { ...question, responseType: 'freeText' };
	expect(answerOf(asksText, { ...reply, letter: 'R', rest: 'x' })).toEqual({ text: 'x' });
	expect(answerOf(asksText, { ...reply, letter: 'R' })).toBeUndefined();
	expect(answerOf(asksText, reply)).toBeUndefined();
	// Not a clear one.
	const unclear = ['同意，N4072158231 拒绝', '/N4072158231', '不同意', 'No!', 'or n 407215'];
	const negative = [
		'ｎｏ',
		'don’t',
		'dont',
		'Do not',
		'cancel',
		'Stop',
		'取消',
		'没同意',
		'驳回',
		'未同意',
		'非',
		'别',
	];
	for (const rest of [...unclear, ...negative]) {
		expect(answerOf(question, { ...reply, rest })).toBeUndefined();
	}
	for (const rest of [
		'同意',
		'ok',
		'now',
		'好的。',
		'urgent, I want it',
		'没问题',
		'非常好',
		'特别急',
		'不错',
		'未来一周用',
	]) {
		expect(answerOf(question, { ...reply, rest })).toEqual({ approved: true });
	}
	expect(timedOutAnswer(asksText)).toEqual({ data: { text: '' }, timedOut: true });
});

test('what a node keeps is a question, or nothing', () => {
	const asked = { question, until: 5 };
	expect(readAsked(JSON.parse(JSON.stringify({ asked })))).toEqual(asked);
	for (const other of [undefined, null, {}, { asked: 1 }, { asked: { question: { id: 'x' } } }]) {
		expect(readAsked(other)).toBeUndefined();
	}
});
