import { elapsed } from '../../test/harness/command';

/** Announces a step of a script, runs it and tells how long it took. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
	const startedAt = Date.now();
	console.log(`${title} …`);
	const result = await work();
	console.log(`  done in ${elapsed(startedAt)}`);
	return result;
}
