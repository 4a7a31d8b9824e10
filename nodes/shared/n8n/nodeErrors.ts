/** Turns what went wrong into n8n's errors and error items. */
import {
	NodeApiError,
	NodeOperationError,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import { InputError, OUTCOME_UNKNOWN, VendorError } from '../contracts/errors';
import type { Effect, Operation } from '../contracts/operation';
import { isTool } from './environment';
import { REDACTED } from '../wire/redact';
import { isRecord } from '../wire/values';

/** What a lost reply means, by what the request was for. */
const OUTCOME_UNKNOWN_ADVICE: Readonly<Record<Effect, string>> = {
	local: '',
	read: ' Try again later.',
	consume: ' Rows that the platform handed out with the lost reply do not come again.',
	send: ' Outcome unknown: the platform may have acted on it all the same. Check before sending it again.',
	spend:
		' Outcome unknown: the platform may have acted on it all the same. Check before ordering it again.',
};

/** An error carries its node with all parameters, and n8n stores it: secrets must not be among them. */
export function redactNodeParameters(node: INode, { fields }: Operation): INode {
	const secrets = Object.entries(fields)
		.filter(([, { appearance }]) => appearance.typeOptions?.password)
		.map(([name]) => [name, REDACTED]);
	return secrets.length === 0
		? node
		: { ...node, parameters: { ...node.parameters, ...Object.fromEntries(secrets) } };
}

/** Whole sentences, one after another. */
const asSentences = (texts: ReadonlyArray<string | null | undefined>): string =>
	texts
		.flatMap((text) => text?.trim() || [])
		.map((text) => (/[.!?。！？]$/.test(text) ? text : `${text}.`))
		.join(' ');

/**
 * An error as n8n shows it: what happened, and below it what to do next. An agent gets to see the
 * first only, so for a tool it holds both.
 */
export function toNodeError(
	node: INode,
	effect: Effect,
	failure: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	const error = createNodeError(node, effect, failure, itemIndex);
	if (isTool(node)) error.message = asSentences([error.message, error.description]);
	return error;
}

function createNodeError(
	node: INode,
	effect: Effect,
	failure: unknown,
	itemIndex: number,
): NodeApiError | NodeOperationError {
	if (failure instanceof VendorError) {
		const { message, code: httpCode, advice, outcomeUnknown } = failure;
		const isOpen = outcomeUnknown && failure.code !== OUTCOME_UNKNOWN;
		const description = advice + (isOpen ? OUTCOME_UNKNOWN_ADVICE[effect] : '');
		const error = new NodeApiError(node, {}, { message, description, httpCode, itemIndex });
		// Shown below the error as its data.
		if (Object.keys(failure.details).length > 0) error.context.data = { ...failure.details };
		return error;
	}
	if (failure instanceof InputError) {
		const { message, advice: description } = failure;
		return new NodeOperationError(node, message, { description, itemIndex });
	}
	const error = failure instanceof Error ? failure : String(failure);
	return new NodeOperationError(node, error, { itemIndex });
}

/**
 * Where a run stops at an item that a retry will not serve again, the retry would stop there, too.
 */
export function adviseOnRetry(
	error: NodeApiError | NodeOperationError,
	{ effect }: Operation,
	failure: unknown,
): NodeApiError | NodeOperationError {
	if (effect === 'read' || effect === 'local' || isTool(error.node)) return error;
	if (!(failure instanceof VendorError && failure.outcomeUnknown)) return error;
	error.description = `${error.description ?? ''} A retry does not serve this item again. To serve those after it, set On Error to Continue (using error output) in the settings of the node, save, and choose "Retry with currently saved workflow".`;
	return error;
}

/**
 * Where a run stops, n8n drops what earlier items gave. Rows that are handed out once do not come
 * again, so they stay with the error, which n8n stores.
 */
export function attachEarlierRows(
	error: NodeApiError | NodeOperationError,
	{ effect }: Operation,
	items: readonly INodeExecutionData[],
): NodeApiError | NodeOperationError {
	if (effect !== 'consume' || items.length === 0) return error;
	error.context.data = {
		...(isRecord(error.context.data) ? error.context.data : {}),
		rowsReadBefore: items.map(({ json }) => json),
	};
	error.description = `${error.description ?? ''} What the items before it read does not come again: it is kept in the data of this error.`;
	return error;
}

const errorDetails = (failure: unknown) => {
	if (failure instanceof VendorError) return { code: failure.code, ...failure.details };
	if (failure instanceof InputError) {
		return { code: 'INVALID_PARAMETER', parameter: failure.parameter };
	}
	return { code: 'ERROR' };
};

/**
 * The error as an item, for the modes that continue after one.
 *
 * n8n sends an item with `error` set to the error output, but then cuts the `json` of every item
 * that still has it down to `{ error }`. So `error` is there to be seen and not to be copied: n8n
 * copies the item on its way to the error output, where it keeps its message and details.
 */
export function toErrorItem(
	node: INode,
	effect: Effect,
	failure: unknown,
	itemIndex: number,
): INodeExecutionData {
	const error = toNodeError(node, effect, failure, itemIndex);
	const vendorWords = failure instanceof VendorError ? failure.vendorMessage : '';
	const item: INodeExecutionData = {
		json: {
			error: error.message,
			message: vendorWords === '' ? error.message : vendorWords,
			details: { ...errorDetails(failure), advice: error.description ?? '' },
		},
		pairedItem: { item: itemIndex },
	};
	return node.onError === 'continueErrorOutput'
		? Object.defineProperty(item, 'error', { value: error, enumerable: false })
		: item;
}
