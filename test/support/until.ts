/** Waits for something that happens within this process. */
export async function until(isSo: () => boolean): Promise<void> {
	for (let tries = 0; !isSo(); tries++) {
		if (tries > 1_000) throw new Error('It did not come to pass');
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
