/** The examples as the console shows them: where each is in the editor, and what sets it going. */
import type { ExampleCall, ExampleCard, PushKind } from '../../console/api';
import type { Workflow } from '../../test/harness';
import { DEMO_HEADER, DEMO_PUSH_TOKEN } from './demo';
import { webhooksOf } from './demoConsole';
import { EXAMPLE_TEXTS, type ExampleText } from './exampleTexts';

/** The platforms sign these; all others prove themselves with a token. */
const SIGNED: readonly PushKind[] = ['flow-alert', 'sms-sent', 'sms-received'];

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
	'sms-reconciliation.json': [{ label: OPEN_FORM, method: 'GET', path: 'form/sms-reconciliation' }],
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
		webhooks: webhooksOf(workflow, editor).map(({ kind, url }) => ({
			kind,
			url: withToken(kind, url),
		})),
		calls: (CALLS[file] ?? []).map(({ path, ...call }) => ({
			...call,
			url: `${editor}/${path}`,
			headers: { [DEMO_HEADER.name]: DEMO_HEADER.value },
		})),
	};
}

function withToken(kind: PushKind, address: string): string {
	const url = new URL(address);
	if (!SIGNED.includes(kind)) url.searchParams.set('token', DEMO_PUSH_TOKEN);
	return url.href;
}
