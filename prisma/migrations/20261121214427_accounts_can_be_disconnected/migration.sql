-- AlterEnum
ALTER TYPE "connect_status" ADD VALUE 'disconnected' BEFORE 'closed';
