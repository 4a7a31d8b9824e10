/** The examples as the console shows them: where each is in the editor, and what sets it going. */
import type { INode } from 'n8n-workflow';
import type { ExampleCall, ExampleCard, PushKind } from '../../console/api';
import type { Workflow } from '../../test/harness';
import { DEMO_HEADER, DEMO_PUSH_TOKEN } from './demo';
import { EXAMPLE_TEXTS, type ExampleText } from './exampleTexts';

/** What a trigger for pushes takes, by the events that it is set to; M2M signs, the others do not. */
const PUSHES: Readonly<
	Record<string, { isSigned: boolean; kinds: Readonly<Record<string, PushKind>> }>
> = {
	m2mFlowAlertTrigger: { isSigned: true, kinds: { flowAlert: 'flow-alert' } },
	m2mSmsTrigger: { isSigned: true, kinds: { sent: 'sms-sent', received: 'sms-received' } },
	smsPlatformTrigger: {
		isSigned: false,
		kinds: { statusReport: 'sms-report', reply: 'sms-reply' },
	},
	trafficRechargeTrigger: { isSigned: false, kinds: { orderStatus: 'order-status' } },
};

type LocalCall = Omit<ExampleCall, 'url' | 'headers'> & { path: string };

const OPEN_FORM = {
	en: 'Open the form (sign in: demo, demo)',
	zh: '打开表单（用户名、密码均为 demo）',
};

/** What starts those that begin with a webhook or a form, by file; paths are n8n's. */
const CALLS: Readonly<Record<string, readonly LocalCall[]>> = {
	'cell-to-map.json': [
		{
			label: { en: 'Locate a cell', zh: '查询一个基站' },
			method: 'GET',
			path: 'webhook/cell-to-map?mnc=0&lac=9763&cellId=3693',
		},
	],
	'verification-code.json': [
		{
			label: { en: 'Ask for a code', zh: '请求验证码' },
			method: 'POST',
			path: 'webhook/verification-code',
			body: JSON.stringify({ phone: '13800138000' }, null, 2),
		},
	],
	'order-intake.json': [
		{
			label: { en: 'Order', zh: '下单' },
			method: 'POST',
			path: 'webhook/order-intake',
			body: JSON.stringify(
				{ orderNumber: 'ORDER-1', phone: '13800138000', sizeMb: 100, carrier: '1' },
				null,
				2,
			),
		},
	],
	'sms-campaign.json': [{ label: OPEN_FORM, method: 'GET', path: 'form/sms-campaign' }],
	'sms-reconciliation.json': [
		{ label: OPEN_FORM, method: 'GET', path: 'form/sms-reconciliation-form' },
	],
};

/** An example that is in n8n. */
export interface ImportedExample {
	id: string;
	workflow: Workflow;
	isActive: boolean;
}

/**
 * All that can be played, in their order.
 *
 * @param editor address of n8n
 * @param imported by file
 */
export const exampleCards = (
	editor: string,
	imported: ReadonlyMap<string, ImportedExample>,
): ExampleCard[] =>
	EXAMPLE_TEXTS.flatMap((text) => {
		const example = imported.get(text.file);
		return example ? [cardOf(text, editor, example)] : [];
	});

function cardOf(
	{ file, title, what, play }: ExampleText,
	editor: string,
	{ id, workflow, isActive }: ImportedExample,
): ExampleCard {
	return {
		...{ file, title, what, isActive },
		play: { en: [...play.en], zh: [...play.zh] },
		editorUrl: `${editor}/workflow/${id}`,
		webhooks: workflow.nodes.flatMap((node) => webhooksOf(node, editor)),
		calls: (CALLS[file] ?? []).map(({ path, ...call }) => ({
			...call,
			url: `${editor}/${path}`,
			headers: { [DEMO_HEADER.name]: DEMO_HEADER.value },
		})),
	};
}

function webhooksOf(
	{ type, webhookId, parameters: { events } }: INode,
	editor: string,
): ExampleCard['webhooks'] {
	const push = PUSHES[type.slice(type.lastIndexOf('.') + 1)];
	if (!push || webhookId === undefined) return [];
	const url = new URL(`${editor}/webhook/${webhookId}/webhook`);
	if (!push.isSigned) url.searchParams.set('token', DEMO_PUSH_TOKEN);
	return Object.entries(push.kinds)
		.filter(([event]) => !Array.isArray(events) || events.some((chosen) => chosen === event))
		.map(([, kind]) => ({ kind, url: url.href }));
}
