/** All examples, by node and by the file they stand in. */
import type { Examples } from './example';
import { m2mCardExamples } from './m2mCard';
import { simBatchExamples } from './simBatch';
import { smsPlatformExamples } from './smsPlatform';
import { trafficRechargeExamples } from './trafficRecharge';

const EXAMPLES: Readonly<Record<string, Readonly<Record<string, Examples>>>> = {
	m2mCard: {
		'test/examples/m2mCard.ts': m2mCardExamples,
		'test/examples/simBatch.ts': simBatchExamples,
	},
	smsPlatform: { 'test/examples/smsPlatform.ts': smsPlatformExamples },
	trafficRecharge: { 'test/examples/trafficRecharge.ts': trafficRechargeExamples },
};

export const examplesOf = (node: string): Examples =>
	Object.assign({}, ...Object.values(EXAMPLES[node] ?? {})) as Examples;

const resourceOf = (name: string): string => name.split('.')[0] ?? '';

/** The file of the node in which an operation has its example, or should have it. */
function fileFor(node: string, name: string): string {
	const files = Object.entries(EXAMPLES[node] ?? {});
	const holds = (test: (example: string) => boolean) =>
		files.find(([, examples]) => Object.keys(examples).some(test))?.[0];
	return (
		holds((example) => example === name) ??
		holds((example) => resourceOf(example) === resourceOf(name)) ??
		files[0]?.[0] ??
		'test/examples/index.ts'
	);
}

/**
 * What keeps examples and operations from being the same, a sentence each.
 *
 * @param operations `resource.operation` of the node
 */
export function exampleGaps(
	node: string,
	operations: readonly string[],
	examples: Examples = examplesOf(node),
): string[] {
	const found = new Map(Object.entries(examples));
	return [
		...operations.flatMap((name) => {
			const example = found.get(name);
			const file = fileFor(node, name);
			if (!example) return [`${node} ${name} has no example in ${file}.`];
			// Not for the compiler alone: it is not asked before the docs are drawn.
			if (!/\p{Script=Han}/u.test(example.chinese ?? '')) {
				return [`${node} ${name} has no Chinese description: give its example one in ${file}.`];
			}
			return [];
		}),
		...[...found.keys()]
			.filter((name) => !operations.includes(name))
			.map(
				(name) =>
					`${fileFor(node, name)} has an example for ${node} ${name}, which the node does not have.`,
			),
	];
}
