/** The options that every push trigger has beside its own. */
import type { INode, INodeProperties } from 'n8n-workflow';

import { optionalTextField, booleanField } from '../fields/fields';
import type { Fields, ValuesOf } from '../contracts/operation';
import type { PushTrigger } from '../contracts/push';
import { isRecord } from '../wire/values';
import { readAllowlist, type Allowlist } from './ipAllowlist';
import { readOptions, triggerProperties, type ReadParameter } from './triggerProperties';

/** Read by itself: see {@link readIpAllowlist}. */
const ipAllowlist = optionalTextField(
	{
		displayName: 'IP Allowlist',
		description:
			'Addresses that may send pushes, comma-separated: IPv4 and IPv6, single or as CIDR blocks. Leave empty to allow all. Behind a reverse proxy, set the environment variable N8N_PROXY_HOPS of n8n to the number of proxies, or n8n sees the address of the proxy.',
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
): PushOptionValues<O> => ({
	...readOptions(trigger.options, read),
	...readOptions(pushOptions, read),
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

/**
 * All parameters of a push trigger.
 *
 * @param setup HTML: where the vendor has to enter which URL
 */
export const pushTriggerProperties = (
	{ fields, options }: PushTrigger,
	setup: string,
): INodeProperties[] =>
	triggerProperties(setup, fields, { ipAllowlist, ...pushOptions, ...options });
