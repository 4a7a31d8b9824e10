/** The options that every push trigger has beside its own. */
import type { INodeProperties } from 'n8n-workflow';

import { optionalTextField, booleanField } from '../fields/fields';
import type { Fields, ValuesOf } from '../contracts/operation';
import type { PushTrigger } from '../contracts/push';
import { readOptions, triggerProperties, type ReadParameter } from './triggerProperties';

const pushOptions = {
	ipAllowlist: optionalTextField(
		{
			displayName: 'IP Allowlist',
			description:
				'Addresses that may send pushes, comma-separated: IPv4 and IPv6, single or as CIDR blocks. Leave empty to allow all. Behind a reverse proxy, set the environment variable N8N_PROXY_HOPS of n8n to the number of proxies, or n8n sees the address of the proxy.',
			placeholder: 'e.g. 203.0.113.7, 198.51.100.0/24',
			lines: true,
		},
		() => '',
	),
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

/**
 * All parameters of a push trigger.
 *
 * @param setup HTML: where the vendor has to enter which URL
 */
export const pushTriggerProperties = (
	{ fields, options }: PushTrigger,
	setup: string,
): INodeProperties[] => triggerProperties(setup, fields, { ...pushOptions, ...options });
