import type { CredentialProbe } from '../../shared/contracts/credentialProbe';
import { authenticate, m2m, m2mRequest, NO_RECORD, type M2mReply } from './protocol';

const NO_SUCH_CARD = '0014';

/** Asks for a card that does not exist: the platform checks the signature before it looks. */
export const credentialProbe: CredentialProbe<M2mReply> = {
	vendor: m2m,
	authenticate,
	request: m2mRequest('/M2MSearchInfo.ashx', { key: '1000000000000' }),
	acceptedCodes: [NO_SUCH_CARD, NO_RECORD],
};
