/** The options that every push trigger has beside its own, and what its panel tells. */
import type { INode, INodeProperties, INodeTypeDescription } from 'n8n-workflow';

import { simplify } from '../fields/commonFields';
import { optionalTextField, booleanField } from '../fields/fields';
import type { Fields, ValuesOf } from '../contracts/operation';
import type { PushTrigger } from '../contracts/push';
import { isRecord } from '../wire/values';
import { readAllowlist, type Allowlist } from './ipAllowlist';
import { resumeOptions } from './resumeWaiting';
import { readOptions, triggerProperties, type ReadParameter } from './triggerProperties';

/** Read by itself: see {@link readIpAllowlist}. */
const ipAllowlist = optionalTextField(
	{
		displayName: 'IP Allowlist',
		description:
			'Addresses that may send pushes, comma-separated: IPv4 and IPv6, single or as CIDR blocks. Leave empty to allow all. Behind a reverse proxy, n8n takes the address of the proxy for the sender: set the environment variable N8N_PROXY_HOPS to the number of proxies where n8n is started (with Docker: -e N8N_PROXY_HOPS=1), and restart n8n.',
		placeholder: 'e.g. 203.0.113.7, 198.51.100.0/24',
	},
	() => '',
);

const pushOptions = {
	deduplicate: booleanField(
		{
			displayName: 'Deduplicate',
			description:
				'Whether to drop records that arrived before: platforms send a push again when the answer got lost on its way. A later status of the same message is another record, and passes.',
		},
		true,
	),
};

/** The values of the options of a trigger, its own and those of all. */
export type PushOptionValues<O extends Fields = Fields> = ValuesOf<O> &
	ValuesOf<typeof pushOptions>;

/** @throws InputError */
export const readPushOptions = <O extends Fields>(
	trigger: PushTrigger<Fields, O>,
	read: ReadParameter,
): PushOptionValues<O> & ValuesOf<typeof resumeOptions> => ({
	...readOptions(trigger.options, read),
	...readOptions(pushOptions, read),
	...readOptions(resumeOptions, read),
});

interface NodeWithParameters {
	getNode(): Pick<INode, 'parameters'>;
}

/**
 * The allowlist of the node; undefined when there is none. An expression that gives nothing is not an
 * empty list, so what the user wrote is looked at, too.
 */
export function readIpAllowlist(
	context: NodeWithParameters,
	read: ReadParameter,
): Allowlist | undefined {
	const written: unknown = context.getNode().parameters.options;
	const given = read('options');
	if (isRecord(written)) {
		return readAllowlist(written.ipAllowlist, isRecord(given) ? given.ipAllowlist : undefined);
	}
	// An expression in place of all options.
	return isRecord(given)
		? readAllowlist(given.ipAllowlist, given.ipAllowlist)
		: readAllowlist(written, undefined);
}

/** What the URL has to end in; n8n cannot add it, as no expression can read a credential. */
const TOKEN = '?token=[Push Token]';

/**
 * All parameters of a push trigger.
 *
 * @param message for the vendor's staff, in their language, with `[URL]` for the URL
 */
export const pushTriggerProperties = (
	{ vendor, fields, options, replyOf }: PushTrigger,
	message: string,
): INodeProperties[] => {
	const url = `[Production URL]${vendor.proof === 'token' ? TOKEN : ''}`;
	const notice = `For the administrator of the platform, to copy: ${message.replace('[URL]', url)}`;
	return triggerProperties(
		notice,
		{ ...fields, simplify },
		{
			ipAllowlist,
			...pushOptions,
			...(replyOf === undefined ? {} : resumeOptions),
			...options,
		},
	);
};

const EXECUTIONS = '<a data-key="executions">list of executions</a>';

const toTry = (end: string): string =>
	`press the button, then send a push to the <b>Test URL</b>${end}. The simulator of this package can send one: see <b>Docs</b> above.`;

const PUBLIC_ADDRESS =
	'<b>If the URL starts with localhost, 10., 172.16. or 192.168.</b>, the platform cannot reach it. Where n8n is started, set the environment variable <a href="https://docs.n8n.io/hosting/configuration/configuration-examples/webhook-url/" target="_blank">WEBHOOK_URL</a> (from n8n 2.35 on N8N_WEBHOOK_URL) to its public address, with Docker: -e WEBHOOK_URL=https://n8n.example.com/. Then restart n8n.';

const joinParagraphs = (...paragraphs: readonly string[]): string =>
	paragraphs.join('<br /><br />');

const toSteps = (...steps: readonly string[]): string =>
	joinParagraphs('<b>For real pushes</b>', ...steps.map((step, index) => `${index + 1}. ${step}`));

/**
 * What stands beside the parameters of a push trigger: three steps that set it up, then where to look.
 *
 * @param handOver HTML, a sentence: what to do with the URL at the vendor. The vendors have no
 * interface for it, so people do it.
 */
export function pushTriggerPanel(
	{ vendor }: PushTrigger,
	handOver: string,
): NonNullable<INodeTypeDescription['triggerPanel']> {
	const copy = 'Open <b>Webhook URLs</b> on the right and copy the <b>Production URL</b>';
	const isSigned = vendor.proof === 'signature';
	const end = isSigned ? '' : ` with <b>${TOKEN}</b> at its end`;
	return {
		header: 'Try it with a test push',
		activationHint: {
			inactive: isSigned
				? toSteps(`${copy}.`, handOver, 'Publish (activate) the workflow.')
				: toSteps(
						'Make up a <b>Push Token</b>, e.g. 20 letters and digits, note it down, and enter it in the credential.',
						`${copy}. Add the token to its end:<br />…/webhook<b>${TOKEN}</b>`,
						`${handOver} Then publish (activate) the workflow.`,
					),
			active: `The workflow is live: pushes to the <b>Production URL</b>${end} start it, and show up in the ${EXECUTIONS}.`,
		},
		executionsHelp: {
			inactive: joinParagraphs(
				`<b>To try this node</b>, ${toTry(end)}`,
				`<b>Real pushes</b> start the workflow once it is published, and show up in the ${EXECUTIONS}, not here.`,
				PUBLIC_ADDRESS,
			),
			active: joinParagraphs(`<b>To try a change</b>, ${toTry(end)}`, PUBLIC_ADDRESS),
		},
	};
}
