import { elapsed } from '../../test/harness/command';
import { localized } from '../../test/harness/language.cjs';

/** Announces a step of a script, runs it and tells how long it took. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
	const startedAt = Date.now();
	console.log(`${title} …`);
	const result = await work();
	const duration = elapsed(startedAt);
	console.log(localized(`  done in ${duration}`, `  完成，用时 ${duration}`));
	return result;
}
