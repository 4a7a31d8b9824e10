import type { INodeProperties, INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import { nodes } from '../support/package';

const described = nodes.map(({ node: { description } }) => description);
const all = described.filter(({ group }) => group.includes('trigger'));
const triggers = all.filter(({ webhooks }) => webhooks !== undefined);

const noticeOf = ({ properties }: INodeTypeDescription): string =>
	properties.find(({ type }) => type === 'notice')?.displayName ?? '';

const choicesOf = ({ options }: INodeProperties): INodePropertyOptions[] =>
	((options ?? []) as INodePropertyOptions[]).filter((option) => 'value' in option);

type Panel = Exclude<NonNullable<INodeTypeDescription['triggerPanel']>, boolean>;
type Hint = Exclude<NonNullable<Panel['activationHint']>, string>;

const hintOf = ({ triggerPanel }: INodeTypeDescription): Required<Hint> =>
	(triggerPanel as Panel).activationHint as Required<Hint>;

const helpOf = ({ triggerPanel }: INodeTypeDescription): Required<Hint> =>
	(triggerPanel as Panel).executionsHelp as Required<Hint>;

test('each kind of push has its trigger', () => {
	expect(triggers.length).toBeGreaterThanOrEqual(4);
});

test('there is one version of each, and not 1, for which n8n evaluates an expression at each push', () => {
	for (const { version } of triggers) expect(version).toBe(2);
});

/** Whom the message is for names it so: the vendors' documents, M2M §3.1, §3.2, SMS §5.1. */
const WORDS: Record<string, { readonly what: string; readonly url: string }> = {
	m2mSmsTrigger: {
		what: '短信发送/接收通知回调地址（notice_url）',
		url: '[Production URL]。',
	},
	m2mFlowAlertTrigger: {
		what: '流量报警/预警通知回调地址（flowmonitor_url）',
		url: '[Production URL]。',
	},
	smsPlatformTrigger: {
		what: '短信状态报告和上行推送地址',
		url: '[Production URL]?token=[Push Token]。',
	},
	trafficRechargeTrigger: {
		what: '状态回推回调地址',
		url: '[Production URL]?token=[Push Token]。',
	},
};

describe.each(triggers)('$name', (description) => {
	const { inactive, active } = hintOf(description);

	test('is set up in three short steps, with the whole end of the URL', () => {
		const steps = inactive.split('<br /><br />').slice(1);
		expect(steps.map((step) => step.slice(0, 3))).toEqual(['1. ', '2. ', '3. ']);
		for (const step of steps) expect(step.replace(/<[^>]+>/g, '').length).toBeLessThan(220);
		const hasToken = WORDS[description.name]?.url.includes('?token=');
		expect(inactive.includes('/webhook<b>?token=[Push Token]</b>')).toBe(hasToken);
	});

	test('says something else once it is live', () => {
		expect(active).toContain('is live');
		expect(active).not.toMatch(/\d\. /);
		expect(helpOf(description).active).not.toBe(helpOf(description).inactive);
	});

	test('has a message to copy that names what the vendor has to set', () => {
		const { what, url } = WORDS[description.name] ?? {};
		const notice = noticeOf(description);
		expect(notice).toContain('您好，请将');
		expect(notice).toContain(`${what}设置为：${url}`);
	});

	test('does not say twice what stands beside it', () => {
		for (const sentence of inactive.split(/(?:<br \/>)+|(?<=\.) /)) {
			expect(noticeOf(description)).not.toContain(sentence);
		}
	});

	test('says what to do about each environment variable that it names', () => {
		const texts = [inactive, active, noticeOf(description)];
		for (const text of texts) expect(text).not.toMatch(/[A-Z]+_[A-Z]+/);
		for (const help of Object.values(helpOf(description))) {
			expect(help).toMatch(/WEBHOOK_URL.*Docker: -e WEBHOOK_URL=.*restart n8n/);
			expect(help).toContain('href="https://docs.n8n.io/');
		}
	});
});

describe.each(all)('$name', (description) => {
	// Whatever n8n takes for the list of what a trigger offers, by its label.
	const offered = description.properties.filter(({ displayName }) =>
		['event', 'events', 'trigger on'].includes(displayName.toLowerCase()),
	);

	test('offers events that read well in the list of triggers', () => {
		if (description.webhooks) expect(offered.length).toBe(1);
		for (const { name, action } of offered.flatMap(choicesOf)) {
			expect([name, action]).toEqual([name, expect.stringMatching(/^On [a-zA-Z]/)]);
		}
	});

	test('has a notice without what n8n does not draw', () => {
		expect(noticeOf(description).replace(/<\/?a\b[^>]*>/g, '')).not.toMatch(/[<>]/);
	});

	test('is not mistaken for a node that sends', () => {
		// n8n leaves "Trigger" out where it offers several events, and joins only nodes of one name.
		const isJoined = described.some(({ name }) => name === description.name.replace('Trigger', ''));
		const shown = description.displayName.replace(' Trigger', '');
		if (!isJoined) expect(shown).toMatch(/Received|Alert|Polling|Watch/);
	});
});
