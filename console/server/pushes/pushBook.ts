import type { PushKind, PushRow } from '../../api';
import { explainM2mPush } from '../../../test/simulator';
import type { PushAttempt } from '../../../test/simulator';
import { clip, counter, Recent } from '../books/recent';
import type { Publish } from '../http/hub';
import { vendorOf } from './kinds';

const MAX_PUSHES = 300;
const MAX_BODY = 64 * 1024;
const MAX_ANSWER = 4 * 1024;

/** The pushes that went out, the newest of them: each try is one. */
export class PushBook {
	private readonly nextId = counter();

	private readonly kept = new Recent<PushRow>(MAX_PUSHES);

	/** @param passwordOf what the receiver of an M2M push checks it with */
	constructor(
		private readonly publish: Publish,
		private readonly passwordOf: () => string,
	) {}

	/** The newest first. */
	list(): PushRow[] {
		return this.kept.list();
	}

	add(
		push: Pick<PushRow, 'kind' | 'url' | 'body' | 'by'>,
		{ sentAt, status, body: answer, acknowledged, error }: PushAttempt,
	): PushRow {
		const row = this.kept.add({
			id: this.nextId(),
			...push,
			body: clip(push.body, MAX_BODY),
			sentAt,
			...(status === undefined ? {} : { status }),
			answer: clip(answer, MAX_ANSWER),
			acknowledged,
			...(error === undefined ? {} : { error }),
			...this.signatureOf(push.kind, push.body),
		});
		this.publish('push', row);
		return row;
	}

	private signatureOf(kind: PushKind, body: string): Pick<PushRow, 'signature'> {
		if (vendorOf(kind) !== 'm2m') return {};
		return { signature: explainM2mPush(body, this.passwordOf()) };
	}
}
