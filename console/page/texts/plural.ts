/** A number with its noun, e.g. "1 day" and "2 days". */
export const plural = (count: number, one: string, several: string): string =>
	`${count} ${count === 1 ? one : several}`;
