/** What every client has that asks one by one, for one kind of reply. */
export const ONE_BY_ONE = {
	limit: () => 1,
	readAs: (): never => {
		throw new Error('Another kind of reply is asked for');
	},
};

/** `waiting` of items that nobody asks a question about. */
export const NO_WAITING = { executionId: '7', createLink: () => 'http://localhost/7' };
