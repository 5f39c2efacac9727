import type { Json } from '../../../model.ts';
import type { DatabaseOrder } from './order.ts';

export const rights = async (_order: DatabaseOrder): Promise<Json> => {
  throw new Error('not asked yet');
};
