import { InputError } from '../../shared/contracts/errors';
import type { ItemReference } from '../../shared/contracts/operation';
import { sha256 } from '../../shared/wire/hash';

const hashOf = (text: string): string => sha256(text).toString('hex').slice(0, 12);

/**
 * The whole id, as the start of it is the same in nodes that were given ids of a common form. One that
 * must be cleaned gets a hash, behind a dot that no clean id has, so that no two ids become one.
 */
function nameNode(id: string): string {
	const clean = id.replace(/[^\w-]/g, '');
	return clean === id ? id : `${clean}.${hashOf(id)}`;
}

/**
 * The reference of an order that came without one. It is the same when n8n repeats the item, be it
 * "Retry on Fail" or a retry of the whole execution from the list of executions, and another for
 * every other item, run, node and execution.
 *
 * An agent's calls are told apart by what they order instead: n8n counts a repeated call as a new
 * run, and an agent that got an error tends to call again. What n8n noted of its execution is gone after
 * a kill, so where n8n keeps the execution's token, that names it.
 *
 * @returns e.g. `n8n-1234-9f86d081-884c-4d63-a5bb-2d9a7e3cf1aa-0-2`: execution, node, run, item
 * @throws InputError when there is no execution to name
 */
export function createOrderReference(
	reference: ItemReference,
	order: { phone: string; flowCode: string },
): string {
	const { execution, origin, isOriginKept, node, run, item, asTool } = reference;
	if (execution === '') {
		throw new InputError(
			'Custom Parameter',
			'is empty, and this execution has no number to make one of',
			'Fill in Custom Parameter in the options, or turn off Prevent Duplicates.',
		);
	}
	const [name, itemPart] = asTool
		? [isOriginKept ? hashOf(origin) : execution, hashOf(`${order.phone} ${order.flowCode}`)]
		: [execution, `${run}-${item}`];
	return ['n8n', name, nameNode(node), itemPart].join('-');
}
