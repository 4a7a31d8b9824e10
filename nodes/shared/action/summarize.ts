/** One item of all that came in, with its files. */
import type {
	IBinaryKeyData,
	IDataObject,
	IExecuteFunctions,
	INode,
	INodeExecutionData,
} from 'n8n-workflow';

import type { Environment, SummaryOperation, TextFile } from '../contracts/operation';
import type { Outcome } from '../contracts/outcome';
import { toErrorItem, toNodeError } from '../n8n/nodeErrors';
import type { ItemInput } from './itemParameters';

async function toBinary(
	{ helpers }: IExecuteFunctions,
	files: Readonly<Record<string, TextFile>>,
): Promise<IBinaryKeyData> {
	const binary: IBinaryKeyData = {};
	for (const [name, { text, fileName, mimeType }] of Object.entries(files)) {
		binary[name] = await helpers.prepareBinaryData(Buffer.from(text), fileName, mimeType);
	}
	return binary;
}

/**
 * Makes one item of all that came in. It is paired with each of them.
 *
 * @param inputs of the first item; one that failed becomes an error item
 */
export async function summarize(
	context: IExecuteFunctions,
	operation: SummaryOperation<unknown>,
	inputs: ReadonlyArray<Outcome<ItemInput>>,
	environment: Environment,
	node: INode,
): Promise<INodeExecutionData[]> {
	const made: INodeExecutionData[] = [];
	for (const input of inputs) {
		try {
			if ('failure' in input) throw input.failure;
			const items = context.getInputData();
			// n8n keeps the error of an item beside its fields.
			const rows = items.map(({ json, error }): IDataObject =>
				error ? { error: error.message, ...json } : json,
			);
			const { json, files } = operation.summarize(rows, input.result.parameters, environment);
			const pairedItem = items.map((_, item) => ({ item }));
			made.push({ json, binary: await toBinary(context, files), pairedItem });
		} catch (failure) {
			if (!context.continueOnFail()) throw toNodeError(node, operation.effect, failure, 0);
			made.push(toErrorItem(node, operation.effect, failure, 0));
		}
	}
	return made;
}
