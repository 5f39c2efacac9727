import type { Json } from '../../../model.ts';
import type { Progress } from '../../host.ts';
import type { DatabaseOrder } from './order.ts';

export const latency = async (_order: DatabaseOrder, _tell: (progress: Progress) => void): Promise<Json> => {
  throw new Error('not asked yet');
};
