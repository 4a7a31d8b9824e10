/** `readAs` of a client that is asked for one kind of reply. */
export const oneKind = (): never => {
	throw new Error('Another kind of reply is asked for');
};

/** `waiting` of items that nobody asks a question about. */
export const NO_WAITING = { executionId: '7', createLink: () => 'http://localhost/7' };
