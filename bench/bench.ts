import { cpus, totalmem } from 'node:os';
import type { N8nInstance } from '../test/harness';
import type { Script } from '../scripts/support/script';
import type { Section } from './report';
import type { Sizes } from './sizes';

/** What each part of the benchmark works with. */
export interface Bench {
	readonly script: Script;
	readonly sizes: Sizes;
	/** The packed package. */
	readonly tarball: string;
	/** An n8n that the parts share; started when it is first asked for. */
	readonly n8n: () => Promise<N8nInstance>;
	/** Tells what is being measured. */
	readonly log: (line: string) => void;
}

export type Part = (bench: Bench) => Promise<Section>;

/** Processor, cores and memory of this machine, without any name that it has. */
export function describeMachine(): string {
	const [first] = cpus();
	const model = first?.model.replace(/\s+/g, ' ').trim();
	const processor = model && model !== 'unknown' ? ` (${model})` : '';
	return `${cpus().length} cores${processor}, ${Math.round(totalmem() / 2 ** 30)} GB`;
}
