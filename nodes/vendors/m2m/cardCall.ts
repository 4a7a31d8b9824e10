import { VendorError } from '../../shared/contracts/errors';
import {
	defineCall,
	type CallOperation,
	type Field,
	type Fields,
} from '../../shared/contracts/operation';
import { adviseOnCardNumber } from '../../shared/fields/cardNumbers';
import { toText } from '../../shared/wire/values';
import { CARD_UNKNOWN, NO_RECORD, type M2mReply } from './protocol';

/** Whether the platform does not know the card, or has nothing to tell of it. */
export const isNotFound = (failure: unknown): failure is VendorError =>
	failure instanceof VendorError && [CARD_UNKNOWN, NO_RECORD].includes(failure.code);

/** A card that was not found, with what its number looks like. */
function explainNotFound(failure: unknown, card: string): unknown {
	const hint = adviseOnCardNumber(card);
	return isNotFound(failure) && hint !== undefined
		? new VendorError(failure.message, { ...failure, advice: `${hint} ${failure.advice}` })
		: failure;
}

type CardFields = Fields &
	({ readonly cardKey: Field<string> } | { readonly cardNumber: Field<string> });

/** A call about one card. Where the platform does not know it, its number may tell why. */
export function defineCardCall<F extends CardFields, O extends Fields>(
	call: Omit<CallOperation<M2mReply, F, O>, 'perform'>,
): CallOperation<M2mReply, F, O> {
	const plain = defineCall(call);
	return {
		...plain,
		perform: async (parameters, client) => {
			const { cardKey, cardNumber }: { cardKey?: unknown; cardNumber?: unknown } = parameters;
			return await plain.perform(parameters, client).catch((failure: unknown) => {
				throw explainNotFound(failure, toText(cardKey ?? cardNumber));
			});
		},
	};
}
